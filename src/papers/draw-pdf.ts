import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import { ROOT } from '../infra/root.js';
import { drawQr } from '../shared/qr-code.js';
import type { FieldName } from './paper-fields.js';
import { type Block, wordsOf } from './paper-markup.js';

export interface DrawnPaper {
  title: string;
  /** Who issues it: the document's author. */
  author: string;
  blocks: readonly Block[];
  values: Readonly<Partial<Record<FieldName, string>>>;
  /** How to get into the cabinet, beside its QR code. */
  howToLogIn: string;
  /** «Заказчик», «Исполнитель». */
  parties: readonly [string, string];
  issuedAt: Date;
}

const FONTS = join(ROOT, 'node_modules', '@expo-google-fonts', 'golos-text');
const REGULAR = join(FONTS, '400Regular', 'GolosText_400Regular.ttf');
const BOLD = join(FONTS, '700Bold', 'GolosText_700Bold.ttf');

/** Points of 1/72 inch on a sheet of A4. */
const MARGIN = 56;
const SIZES = { title: 17, heading: 12.5, text: 10.5, small: 9 };
const QR_SIDE = 110;
const NAME_WIDTH = 0.38;
const ITEM_INDENT = 14;
const HEADING_WITH_TEXT = 64;
const INK = '#1b1f1d';

/** A4, black on white, the text selectable. */
export function drawPdf(paper: DrawnPaper): Promise<Buffer> {
  const { title, author, issuedAt } = paper;
  const doc = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    lang: 'ru-RU',
    displayTitle: true,
    bufferPages: true,
    info: { Title: title, Author: author, CreationDate: issuedAt, ModDate: issuedAt },
  });
  const drawn = collect(doc);
  doc.registerFont('regular', REGULAR).registerFont('bold', BOLD).fillColor(INK);
  for (const block of paper.blocks) drawBlock(doc, block, paper);
  numberPages(doc, title);
  doc.end();
  return drawn;
}

function drawBlock(doc: PDFKit.PDFDocument, block: Block, paper: DrawnPaper): void {
  switch (block.kind) {
    case 'cabinet':
      return drawCabinet(doc, paper);
    case 'signatures':
      return drawSignatures(doc, paper.parties);
    case 'row':
      return drawRow(doc, wordsOf(block.name, paper.values), wordsOf(block.value, paper.values));
    default:
      return drawText(doc, block.kind, wordsOf(block.runs, paper.values));
  }
}

function drawText(doc: PDFKit.PDFDocument, kind: 'title' | 'heading' | 'paragraph' | 'item', words: string): void {
  if (kind === 'title') doc.font('bold').fontSize(SIZES.title).text(words).moveDown(0.6);
  else if (kind === 'heading') drawHeading(doc, words);
  else if (kind === 'item') drawItem(doc, words);
  else text(doc).text(words, { lineGap: 2 }).moveDown(0.5);
}

/** Never the last line of a page. */
function drawHeading(doc: PDFKit.PDFDocument, words: string): void {
  keepTogether(doc, HEADING_WITH_TEXT);
  doc.moveDown(0.4).font('bold').fontSize(SIZES.heading).text(words).moveDown(0.3);
}

function drawItem(doc: PDFKit.PDFDocument, words: string): void {
  const width = inner(doc) - ITEM_INDENT;
  keepTogether(text(doc), doc.heightOfString(words, { width, lineGap: 2 }));
  const y = doc.y;
  doc.text('•', MARGIN, y, { width: ITEM_INDENT });
  doc.text(words, MARGIN + ITEM_INDENT, y, { width, lineGap: 2 }).moveDown(0.25);
  doc.x = MARGIN;
}

/** A name and its value, each in a column of its own; the taller one makes the row. */
function drawRow(doc: PDFKit.PDFDocument, name: string, value: string): void {
  const width = inner(doc);
  const [left, right] = [width * NAME_WIDTH - 10, width * (1 - NAME_WIDTH)];
  text(doc);
  const height = Math.max(doc.heightOfString(name, { width: left }), doc.heightOfString(value, { width: right }));
  keepTogether(doc, height);
  const y = doc.y;
  doc.text(name, MARGIN, y, { width: left });
  doc.font('bold').text(value, MARGIN + width * NAME_WIDTH, y, { width: right });
  doc.x = MARGIN;
  doc.y = y + height + 5;
}

function drawCabinet(doc: PDFKit.PDFDocument, { values, howToLogIn }: DrawnPaper): void {
  const address = values['cabinet.address'] ?? '';
  keepTogether(doc, QR_SIDE + 10);
  const [x, y] = [MARGIN, doc.y + 6];
  const { width, path } = drawQr(address, 'M');
  doc
    .save()
    .translate(x, y)
    .scale(QR_SIDE / width)
    .path(path)
    .fill('#000')
    .restore();
  const beside = { width: inner(doc) - QR_SIDE - 16 };
  doc
    .fillColor(INK)
    .font('bold')
    .fontSize(SIZES.heading)
    .text(address, x + QR_SIDE + 16, y + 10, { ...beside, link: address });
  text(doc)
    .moveDown(0.4)
    .text(howToLogIn, { ...beside, lineGap: 2 });
  doc.x = MARGIN;
  doc.y = Math.max(doc.y, y + QR_SIDE) + 10;
}

function drawSignatures(doc: PDFKit.PDFDocument, parties: readonly string[]): void {
  const width = inner(doc) / parties.length;
  keepTogether(doc, 80);
  const y = doc.y + 34;
  parties.forEach((party, n) => {
    const x = MARGIN + n * width;
    doc
      .moveTo(x, y)
      .lineTo(x + width - 24, y)
      .lineWidth(0.7)
      .stroke(INK);
    doc
      .font('regular')
      .fontSize(SIZES.small)
      .text(party, x, y + 4, { width: width - 24 });
  });
  doc.x = MARGIN;
  doc.y = y + 36;
}

function numberPages(doc: PDFKit.PDFDocument, title: string): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    doc.switchToPage(page);
    const y = doc.page.height - MARGIN + 18;
    // Below the margin: without this the text would begin another page.
    doc.page.margins.bottom = 0;
    doc.font('regular').fontSize(SIZES.small).fillColor('#5c6660');
    doc.text(`${title} · ${page + 1} / ${count}`, MARGIN, y, { width: inner(doc), align: 'right', lineBreak: false });
  }
}

function text(doc: PDFKit.PDFDocument): PDFKit.PDFDocument {
  return doc.font('regular').fontSize(SIZES.text).fillColor(INK);
}

function inner(doc: PDFKit.PDFDocument): number {
  return doc.page.width - 2 * MARGIN;
}

function keepTogether(doc: PDFKit.PDFDocument, height: number): void {
  if (doc.y + height > doc.page.height - MARGIN) doc.addPage();
}

function collect(doc: PDFKit.PDFDocument): Promise<Buffer> {
  const parts: Buffer[] = [];
  return new Promise((resolve, reject) => {
    doc.on('data', (part: Buffer) => parts.push(part));
    doc.on('end', () => resolve(Buffer.concat(parts)));
    doc.on('error', reject);
  });
}
