/** Machine code that ends the process with 0, by architecture as `uname -m` says it. Linux system calls exit (60 and 93). */
const END: Readonly<Record<string, { readonly machine: number; readonly code: readonly number[] }>> = {
  // xor edi,edi; mov eax,60; syscall
  x86_64: { machine: 62, code: [0x31, 0xff, 0xb8, 0x3c, 0, 0, 0, 0x0f, 0x05] },
  // mov x0,#0; mov x8,#93; svc #0
  aarch64: { machine: 183, code: [0, 0, 0x80, 0xd2, 0xa8, 0x0b, 0x80, 0xd2, 0x01, 0, 0, 0xd4] },
};

const BASE = 0x400000;
const HEADERS = 64 + 56;

/** An ELF program (System V ABI, one segment) that ends at once, as base64; null for an architecture that is not known. */
export function tinyProgram(architecture: string): string | null {
  const end = END[architecture];
  if (end === undefined) return null;
  const size = HEADERS + end.code.length;
  const file = Buffer.alloc(size);
  file.write('\x7fELF', 0, 'latin1');
  file.set([2, 1, 1], 4); // 64 bits, little endian, version 1
  file.writeUInt16LE(2, 16); // executable
  file.writeUInt16LE(end.machine, 18);
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(BigInt(BASE + HEADERS), 24); // where it begins
  file.writeBigUInt64LE(64n, 32); // the program header follows
  file.writeUInt16LE(64, 52);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(1, 56);
  file.writeUInt32LE(1, 64); // to be loaded
  file.writeUInt32LE(5, 68); // readable and executable
  file.writeBigUInt64LE(BigInt(BASE), 80);
  file.writeBigUInt64LE(BigInt(BASE), 88);
  file.writeBigUInt64LE(BigInt(size), 96);
  file.writeBigUInt64LE(BigInt(size), 104);
  file.writeBigUInt64LE(0x1000n, 112);
  file.set(end.code, HEADERS);
  return file.toString('base64');
}
