// How much may be sent at once.
export const MIB = 1024 * 1024;
export const MAX_BODY_BYTES = 2 * MIB;
export const MAX_UPLOAD_BYTES = 256 * MIB;
export const MAX_FILES = 200;
