// The reports room: questions made resolvable, forecasts over members, and reports whose every number is computed.
export { frameQuestions } from './questions/frame.ts';
