import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { categories } from '../../stations/category.js';
import { cardStates, type CardState } from '../../cards/card-state.js';

const decimal = (example: string, description = ''): object => ({ type: String, example, description });

export class ExpiringAnswer {
  @ApiProperty(decimal('120.00'))
  points!: string;

  @ApiProperty({ type: String, format: 'date-time', description: 'Момент сгорания: полночь программы' })
  at!: string;
}

export class BalanceAnswer {
  @ApiProperty(decimal('1284.50', 'Можно потратить; считается и до активации, бывает отрицательным'))
  available!: string;

  @ApiProperty(decimal('0.00', 'Удержано под незавершённые покупки'))
  held!: string;

  @ApiProperty({ type: [ExpiringAnswer], description: 'Пять ближайших дней сгорания' })
  expiring!: ExpiringAnswer[];
}

export class RuleAnswer {
  @ApiProperty({ example: 'base' })
  code!: string;

  @ApiProperty({ example: '1 % от покупки' })
  title!: string;

  @ApiProperty(decimal('24.27'))
  points!: string;
}

export class LineAnswer {
  @ApiProperty(decimal('2427.41', 'Как прислано'))
  sum!: string;

  @ApiProperty(decimal('0.00', 'Скидка баллами; к оплате sum − discount'))
  discount!: string;

  @ApiProperty(decimal('24.27'))
  earned!: string;

  @ApiProperty({ type: [RuleAnswer] })
  rules!: RuleAnswer[];
}

export class PurchaseAnswer {
  @ApiPropertyOptional({ format: 'uuid', description: 'Нет у расчёта' })
  id?: string;

  @ApiProperty({ enum: ['quoted', 'held', 'confirmed', 'cancelled', 'released'] })
  state!: string;

  @ApiProperty(decimal('24.27', 'Начислено баллов'))
  earned!: string;

  @ApiProperty(decimal('0.00', 'Списано баллов'))
  redeemed!: string;

  @ApiProperty(decimal('2427.41', 'К оплате деньгами'))
  toPay!: string;

  @ApiProperty({ type: [LineAnswer] })
  lines!: LineAnswer[];

  @ApiProperty()
  balance!: BalanceAnswer;

  @ApiProperty({ type: [String], description: 'Готовые строки для чека, до 32 знаков' })
  slip!: string[];

  @ApiProperty({ type: [String], description: 'То же для широкой ленты, до 48 знаков' })
  slip48!: string[];
}

export class GivenBackAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty(decimal('500.00', 'Возвращено денег'))
  sum!: string;

  @ApiProperty(decimal('0.00', 'Возвращено потраченных баллов'))
  returned!: string;

  @ApiProperty(decimal('5.00', 'Снято начисленных баллов'))
  takenBack!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;
}

export class RefundAnswer extends OmitType(GivenBackAnswer, ['at']) {
  @ApiProperty()
  balance!: BalanceAnswer;

  @ApiProperty({ type: [String], description: 'Готовые строки для чека, до 32 знаков' })
  slip!: string[];

  @ApiProperty({ type: [String], description: 'То же для широкой ленты, до 48 знаков' })
  slip48!: string[];
}

/** A registered purchase, with what was given back of it. */
export class RegisteredPurchaseAnswer extends PurchaseAnswer {
  @ApiProperty({ type: [GivenBackAnswer], description: 'Возвраты, сначала первые' })
  refunds!: GivenBackAnswer[];
}

export class BatchResult {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Ключ элемента, каким он пришёл; null, если это не строка',
  })
  key!: string | null;

  @ApiProperty({ example: 201 })
  status!: number;

  @ApiProperty({ type: Object, description: 'Тело, каким его ответил бы отдельный вызов' })
  body!: object;
}

export class BatchAnswer {
  @ApiProperty({ type: [BatchResult], description: 'В порядке элементов' })
  results!: BatchResult[];
}

export class CardAnswer {
  @ApiProperty({ example: '2990384417265' })
  number!: string;

  @ApiProperty({ enum: ['plastic', 'virtual'] })
  kind!: 'plastic' | 'virtual';

  @ApiProperty({ enum: cardStates })
  state!: CardState;

  @ApiProperty({ type: String, nullable: true, example: 'Ирина П.', description: 'Имя и первая буква фамилии' })
  holder!: string | null;

  @ApiProperty({
    description: 'Можно ли списывать: карта активна и показана так, что кода не нужно; по телефону нужен proof',
  })
  canRedeem!: boolean;

  @ApiProperty()
  balance!: BalanceAnswer;
}

export class SaleAnswer {
  @ApiProperty({ example: '2990384417265' })
  number!: string;

  @ApiProperty({ enum: ['sold'] })
  state!: 'sold';

  @ApiProperty(decimal('100.00'))
  price!: string;
}

export class FieldProblem {
  @ApiProperty({ example: 'lines[0].sum' })
  path!: string;

  @ApiProperty()
  message!: string;
}

/** RFC 9457. */
export class ProblemAnswer {
  @ApiProperty({ example: 'urn:problem:card_not_active' })
  type!: string;

  @ApiProperty({ maxLength: 40, description: 'Для экрана кассира' })
  title!: string;

  @ApiProperty({ example: 409 })
  status!: number;

  @ApiProperty()
  detail!: string;

  @ApiProperty({ example: 'card_not_active', description: 'Постоянный код ошибки' })
  code!: string;

  @ApiPropertyOptional({ type: [FieldProblem] })
  errors?: FieldProblem[];
}

export const CATEGORY_HELP = `${categories.join(', ')} (tobacco — все регулируемые товары) или свой код группы товаров станции`;
