import { Injectable } from '@nestjs/common';
import { Config } from '../infra/config/config.js';
import { formatDate } from '../infra/i18n/format.js';
import { text } from '../infra/i18n/texts.js';
import { drawPdf } from './draw-pdf.js';
import type { FieldName, LogIn, PaperFields } from './paper-fields.js';
import { readTemplate } from './paper-markup.js';
import type { PaperTemplate } from './paper-templates.service.js';

/** Papers are Russian: they are signed here (168-ФЗ asks for Russian first). */
const LANGUAGE = 'ru';
/** Dates on paper always name their year. */
const NEVER = new Date(0);

@Injectable()
export class PaperDrawing {
  constructor(private readonly config: Config) {}

  /** The PDF of a template with these fields; `serial` is what people call the paper by. */
  draw(
    { title, body }: Pick<PaperTemplate, 'title' | 'body'>,
    fields: PaperFields,
    serial: string,
    issuedAt: Date,
    logIn: LogIn = 'digits',
  ): Promise<Buffer> {
    const { brand, publicUrl, timeZone: zone } = this.config;
    const values: Partial<Record<FieldName, string>> = {
      ...fields,
      'paper.number': serial,
      'paper.date': `${formatDate(issuedAt, { language: LANGUAGE, zone, now: NEVER })} г.`,
      'brand.name': brand.name,
      'brand.legalName': brand.legalName,
      'brand.inn': brand.inn,
      'brand.ogrn': brand.ogrn,
      'brand.address': brand.address,
      'brand.phone': brand.phone,
      'cabinet.address': `${publicUrl}/session/new`,
    };
    const { blocks } = readTemplate(body);
    const howToLogIn = text(LANGUAGE, `papers:howToLogIn.${logIn}`);
    const parties = [text(LANGUAGE, 'papers:parties.us'), text(LANGUAGE, 'papers:parties.customer')] as const;
    return drawPdf({ title, author: brand.legalName, blocks, values, howToLogIn, parties, issuedAt });
  }
}
