import type { PipeTransform } from '@nestjs/common';
import { isPaperKind, type PaperKind } from '../../papers/paper-kind.js';
import { PaperNotFound } from '../../papers/papers.errors.js';

export class KnownPaperKind implements PipeTransform<unknown, PaperKind> {
  transform(kind: unknown): PaperKind {
    if (!isPaperKind(kind)) throw new PaperNotFound();
    return kind;
  }
}
