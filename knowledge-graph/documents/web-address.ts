// An address that a document states for itself, in one form; anything but http and https is none.
export function webAddress(stated: string | undefined): string | undefined {
  const url = stated === undefined ? null : URL.parse(stated.trim());
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url.href : undefined;
}
