import { DomainError } from '../shared/domain-error.js';

export class OrderNotFound extends DomainError {
  constructor() {
    super('order_not_found', 'not_found');
  }
}

/** It is not what whoever sent the form had seen: a colleague or the customer was quicker. */
export class OrderChanged extends DomainError {
  constructor() {
    super('order_changed', 'conflict');
  }
}

/** What was asked for does not follow upon the order's present state. */
export class OrderStateForbids extends DomainError {
  constructor() {
    super('order_state_forbids', 'conflict');
  }
}

/** The tariff is archived, or not in force yet: nobody new may take it. */
export class TariffClosed extends DomainError {
  constructor() {
    super('order_tariff_closed', 'conflict');
  }
}

/** It is too late to take it back by the link. */
export class TooLateToWithdraw extends DomainError {
  constructor() {
    super('order_too_late', 'conflict');
  }
}

/** The profile has no name to order with. */
export class OrderNameMissing extends DomainError {
  constructor() {
    super('order_name_missing', 'conflict');
  }
}

/** The phone opens a customer's cabinet, and the clerk has not seen whose. */
export class OrderOfKnownCustomer extends DomainError {
  constructor() {
    super('order_known_customer', 'conflict');
  }
}

/** A card is held for it: another tariff or kind of card needs another one. */
export class OrderHasCard extends DomainError {
  constructor() {
    super('order_has_card', 'conflict');
  }
}

export class OrderSmsTemplateNotFound extends DomainError {
  constructor() {
    super('order_sms_template_not_found', 'not_found');
  }
}

/** The customer has had enough SMS about this order today. */
export class OrderSmsLimit extends DomainError {
  constructor() {
    super('order_sms_limit', 'limited');
  }
}

/** A card is handed over with its papers. */
export class PapersMissing extends DomainError {
  constructor() {
    super('order_papers_missing', 'conflict');
  }
}

/** The order changed after its papers were issued. */
export class PapersStale extends DomainError {
  constructor() {
    super('order_papers_stale', 'conflict');
  }
}
