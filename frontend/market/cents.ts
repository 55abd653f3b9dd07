// Prices as people read them: 0.473 of the payoff is 47¢.
export const cents = (price: number): string => `${Math.round(price * 100)}¢`;
