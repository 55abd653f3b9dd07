// Titles and roles. Before a name they mark a person and become the subtype; a title that leads something gives a
// `lead` relation, one that merely works there gives `work for`.
import { words } from './words.ts';

/** Forms of address: mark a person, say nothing about a role. */
export const HONORIFICS = words(
  'mr mr. mrs mrs. ms ms. miss dr dr. prof prof. sir dame lord lady madam rev rev. fr. sr. st. hon. herr frau monsieur madame señor señora don doña aunt uncle grandmother grandfather grandma grandpa widow mother father sister brother',
);

/** Roles whose holder leads what follows. */
export const LEADING_ROLES = words(
  'president vice-president mayor minister prime_minister chancellor governor ceo cto cfo coo chairman chairwoman chairperson chair director director-general secretary-general head chief leader founder co-founder cofounder owner editor editor-in-chief commissioner premier king queen pope bishop archbishop principal rector dean captain speaker executive chief_executive chief_executive_officer managing_director general_secretary superintendent headteacher harbourmaster 市长 会长 主席 总裁 董事长 首席执行官 总经理 部长 院长 校长 局长 主任 总统 总理 省长 书记 创始人 行长 社长',
);

/** Roles whose holder belongs to what follows. */
const WORKING_ROLES = words(
  'senator councillor councilor councilman councilwoman deputy spokesman spokeswoman spokesperson engineer professor teacher doctor lawyer analyst economist scientist researcher journalist reporter correspondent columnist officer manager secretary treasurer clerk judge inspector detective sergeant lieutenant colonel general admiral ambassador advisor adviser consultant architect accountant writer author designer developer historian representative member delegate candidate alderman sheriff constable nurse vicar deacon magistrate pastor priest coach farmer fisherman shopkeeper baker student resident activist campaigner organiser organizer 教授 发言人 记者 经理 研究员 工程师 议员 秘书长 律师 分析师 专家 教师 医生 官员',
);

export const isRole = (word: string): boolean => LEADING_ROLES.has(word) || WORKING_ROLES.has(word);
export const isTitle = (word: string): boolean => HONORIFICS.has(word) || isRole(word);

/** Words that may stand before a role as part of it: "Deputy Mayor", "Finance Minister", "former President". */
export const ROLE_MODIFIERS = words(
  'deputy vice acting former interim senior chief assistant associate finance foreign interior defence defense justice health education energy transport environment trade prime labour labor culture agriculture general executive managing lead principal first party council town city local harbour police fire union group financial operating technology technical information medical marketing commercial legal scientific',
);
