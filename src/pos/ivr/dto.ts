import { ApiProperty } from '@nestjs/swagger';
import { ExpiringAnswer } from '../dto/answers.js';
import { IsPlainText } from '../dto/constraints.js';

export class CallerDto {
  /** Whoever calls, as the exchange knows them: any usual spelling. */
  @IsPlainText(40)
  @ApiProperty({ example: '+79211234567', description: 'Телефон звонящего' })
  phone!: string;
}

export class BalanceCallDto extends CallerDto {
  @IsPlainText(40)
  @ApiProperty({ example: '2990384417265', description: 'Номер карты, набранный в тональном режиме' })
  card!: string;
}

export class IvrBalanceAnswer {
  @ApiProperty({ example: '12.50' })
  balance!: string;

  @ApiProperty({ type: [ExpiringAnswer], description: 'Пять ближайших дней сгорания' })
  expiring!: ExpiringAnswer[];

  @ApiProperty({ example: 'На вашей карте 12,50 балла.', description: 'Готовая фраза для синтезатора речи' })
  speech!: string;
}

export class IvrBlockAnswer {
  @ApiProperty({ example: '2990384417265' })
  number!: string;

  @ApiProperty({ enum: ['blocked'] })
  state!: 'blocked';

  @ApiProperty({ example: 'Карта заблокирована. Баллы сохранены.' })
  speech!: string;
}
