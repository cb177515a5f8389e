import { asset } from './helpers/asset.js';
import { cardNumber } from './helpers/card-number.js';
import { csrf } from './helpers/csrf.js';
import { date, dateTime, day, isoDate, spendableThrough, time } from './helpers/dates.js';
import { field } from './helpers/field.js';
import { icon } from './helpers/icon.js';
import { join } from './helpers/join.js';
import { and, eq, ne, not, or } from './helpers/logic.js';
import { initials } from './helpers/initials.js';
import { mayOpen } from './helpers/may-open.js';
import { money, signedMoney } from './helpers/money.js';
import { number } from './helpers/number.js';
import { object } from './helpers/object.js';
import { pageTitle } from './helpers/page-title.js';
import { phone, phoneLink } from './helpers/phone.js';
import { isPositive, points, pointsInWords, signedPoints } from './helpers/points.js';
import { ruleName } from './helpers/rule-name.js';
import { t } from './helpers/t.js';
import { urlPart } from './helpers/url-part.js';

/** Every helper that templates may use. */
export const helpers = {
  and,
  asset,
  cardNumber,
  csrf,
  date,
  dateTime,
  day,
  eq,
  field,
  icon,
  initials,
  isoDate,
  isPositive,
  join,
  mayOpen,
  money,
  ne,
  not,
  number,
  object,
  or,
  pageTitle,
  phone,
  phoneLink,
  points,
  pointsInWords,
  ruleName,
  signedMoney,
  signedPoints,
  spendableThrough,
  t,
  time,
  urlPart,
};
