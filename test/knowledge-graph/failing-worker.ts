// An extraction thread that dies at its first document.
export default function die(): never {
  process.exit(3);
}
