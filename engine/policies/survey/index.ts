// Surveys: asking the whole population at once.
export { surveyPopulation } from './survey.ts';
