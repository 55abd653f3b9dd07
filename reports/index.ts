// The reports room: questions made resolvable, forecasts over members, and reports whose every number is computed.
export { backtestCascades } from './backtests/cascade-backtest.ts';
export { readCascades } from './backtests/cascades/read-cascades.ts';
export { checkReport } from './checker/check-report.ts';
export { forecast } from './forecast/forecast.ts';
export { reliabilityFigure } from './charts/reliability-figure.ts';
export { LEDGER_GENESIS, nextEntry, verifyLedger } from './ledger/chain.ts';
export { checkAct, checkOutcome, foldLedger, outcomeWords } from './ledger/forecasts.ts';
export { recalibrated } from './ledger/recalibrate.ts';
export { scoreLedger } from './ledger/score.ts';
export { isSettled } from './forecast/settled.ts';
export { frameQuestions } from './questions/frame.ts';
export { renderReport } from './render/render-report.ts';
export { reportSkills } from './sentences/skill.ts';
export { writeReport } from './write-report.ts';
