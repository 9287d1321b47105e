import { fileFault } from './sentinel-yaml';

/** The text of a file in UTF-8, or UTF-16 with its mark. Throws UserError `bad-input` for what is no text. */
export function decodeText(bytes: Uint8Array, source: string): string {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : '';
  if (wide === '' && bytes.subarray(0, 8192).includes(0)) throw fileFault(source, 'is no text');
  try {
    return new TextDecoder(wide || 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw fileFault(source, `is no text in ${wide === '' ? 'UTF-8' : 'UTF-16'}`);
  }
}
