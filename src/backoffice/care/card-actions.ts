export interface CardActions {
  any: boolean;
  block: boolean;
  unblock: boolean;
  /** Plastic for plastic. */
  replace: boolean;
  virtual: boolean;
}

interface CardFacts {
  kind: string;
  state: string;
  customer_id: string | null;
}

/** What can be done with a card as it is; who may do it is the routes' matter. */
export function cardActions(card: CardFacts, hasVirtual: boolean): CardActions {
  const live = ['sold', 'active', 'blocked'].includes(card.state);
  const plastic = live && card.kind === 'plastic';
  return {
    any: live,
    block: live && card.state !== 'blocked',
    unblock: live && card.state === 'blocked',
    replace: plastic,
    virtual: plastic && card.customer_id !== null && !hasVirtual,
  };
}
