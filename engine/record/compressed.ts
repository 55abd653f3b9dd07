// How columns are compressed: half the time of the usual level, for a twenty-fifth more bytes.
import { constants, zstdCompressSync } from 'node:zlib';

export const compressed = (bytes: Uint8Array): Uint8Array =>
  zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
