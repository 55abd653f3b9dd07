// A worker in which every shard fails.
export default function fail(): never {
  throw new Error('out of memory');
}
