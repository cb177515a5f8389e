import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { FIELD_NAMES, type PaperFields } from '../../papers/paper-fields.js';
import { PAPER_KINDS, type PaperKind } from '../../papers/paper-kind.js';
import { PaperDrawing } from '../../papers/paper-drawing.service.js';
import { PaperTemplates } from '../../papers/paper-templates.service.js';
import { Clock } from '../../shared/clock.js';

const sample = (key: string): string => text('ru', `papers:sample.${key}`);

@Injectable()
export class TemplatePages {
  constructor(
    private readonly templates: PaperTemplates,
    private readonly drawing: PaperDrawing,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<object> {
    return { templates: await Promise.all(PAPER_KINDS.map((kind) => this.templates.current(this.database, kind))) };
  }

  async template(kind: PaperKind, language: Language): Promise<object> {
    const [template, ...former] = await this.templates.history(kind);
    const names = FIELD_NAMES.map((name) => ({
      code: `{{${name}}}`,
      meaning: text(language, `papers:fields.${name}`),
    }));
    return { template, former, fields: names };
  }

  /** The template in force with the data of nobody. */
  async preview(kind: PaperKind): Promise<Buffer> {
    const template = await this.templates.current(this.database, kind);
    return this.drawing.draw(template, sampleFields(), '1', this.clock.now());
  }
}

/** Nobody’s data. */
function sampleFields(): PaperFields {
  return {
    'customer.name': sample('customer.name'),
    'customer.phone': sample('customer.phone'),
    'customer.email': sample('customer.email'),
    'customer.address': sample('customer.address'),
    'order.number': sample('order'),
    'operator.name': sample('operator'),
    'tariff.name': sample('tariff'),
    'tariff.price': sample('price'),
    'tariff.packages': sample('packages'),
    'line.number': sample('line'),
    'sim.kind': sample('sim'),
    'sim.what': text('ru', 'papers:simWords.physical.what'),
    'sim.condition': text('ru', 'papers:simWords.physical.condition'),
    'sim.install': text('ru', 'papers:simWords.physical.install'),
  };
}
