import { drawPdfPage } from './pdf-pages.ts'
import type { Pixels } from './picture-pixels.ts'

/**
 * Decodes a JPEG 2000 picture (ISO/IEC 15444-1, file or bare code stream) with the decoder that pdfium has for pictures
 * in PDF files: the picture becomes the one page of such a file, a point a pixel. Throws ArchiveError `pdf-unreadable`.
 */
export async function decodeJpeg2000(
  bytes: Uint8Array,
  { width, height }: { width: number; height: number },
  file: string,
): Promise<Pixels> {
  const boxed = isCodeStream(bytes) ? boxedCodeStream(bytes, width, height) : bytes
  const drawn = await drawPdfPage(pdfAround(boxed, width, height), 0, file, () => 1)
  if (drawn.width !== width || drawn.height !== height) throw new Error(`drawn as ${drawn.width} × ${drawn.height}`)
  return { data: drawn.data, width, height, channels: 4 }
}

const isCodeStream = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0x4f

/** A bare code stream as a file: pdfium draws nothing where the boxes around it are missing (15444-1, annex I). */
function boxedCodeStream(stream: Uint8Array, width: number, height: number): Buffer {
  const box = (kind: string, ...content: Uint8Array[]): Buffer => {
    const length = content.reduce((sum, part) => sum + part.length, 8)
    const head = Buffer.alloc(8)
    head.writeUInt32BE(length)
    head.write(kind, 4, 'latin1')
    return Buffer.concat([head, ...content])
  }
  // The size marker gives the number of components and the depth of the first (A.5.1).
  const components = new DataView(stream.buffer, stream.byteOffset, stream.byteLength).getUint16(40)
  const header = Buffer.alloc(14)
  header.writeUInt32BE(height, 0)
  header.writeUInt32BE(width, 4)
  header.writeUInt16BE(components, 8)
  header.set([stream[42] ?? 7, 7, 0, 0], 10)
  const colours = Buffer.alloc(7)
  colours[0] = 1
  colours.writeUInt32BE(components >= 3 ? 16 : 17, 3)
  return Buffer.concat([
    box('jP  ', Buffer.from([0x0d, 0x0a, 0x87, 0x0a])),
    box('ftyp', Buffer.from('jp2 \0\0\0\0jp2 ', 'latin1')),
    box('jp2h', box('ihdr', header), box('colr', colours)),
    box('jp2c', stream),
  ])
}

/** A PDF file of one page that is filled by one picture (ISO 32000-1, 7.4.9: its own header says its colours). */
function pdfAround(picture: Uint8Array, width: number, height: number): Buffer {
  const content = `q ${width} 0 0 ${height} 0 0 cm /P Do Q`
  const objects = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from('<< /Type /Pages /Kids [3 0 R] /Count 1 >>'),
    Buffer.from(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents 4 0 R /Resources << /XObject << /P 5 0 R >> >> >>`,
    ),
    Buffer.from(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`),
    Buffer.concat([
      Buffer.from(
        `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /Filter /JPXDecode /Length ${picture.length} >>\nstream\n`,
      ),
      picture,
      Buffer.from('\nendstream'),
    ]),
  ]
  const parts: Buffer[] = [Buffer.from('%PDF-1.5\n')]
  const starts: number[] = []
  let at = parts[0]?.length ?? 0
  for (const [index, object] of objects.entries()) {
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')])
    starts.push(at)
    parts.push(part)
    at += part.length
  }
  const table = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('')
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  )
  return Buffer.concat(parts)
}
