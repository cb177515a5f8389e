import { Injectable, type PipeTransform } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { DomainError } from '../../shared/domain-error.js';

/** An id in an address: what cannot be one is no more there than what does not exist. */
@Injectable()
export class KnownId implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isUUID(value)) throw new DomainError('not_found', 'not_found');
    return value.toLowerCase();
  }
}
