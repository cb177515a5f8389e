import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { PrimaryKeyProp } from '@mikro-orm/core';
import type { Category } from './category.js';

/** A goods group code as the station's own register sends it, and what it counts as. */
@Entity({ tableName: 'category_alias' })
export class CategoryAlias {
  [PrimaryKeyProp]?: ['stationId', 'code'];

  @PrimaryKey({ type: 'uuid' })
  stationId!: string;

  @PrimaryKey({ type: 'text' })
  code!: string;

  @Property({ type: 'text' })
  category!: Category;
}
