// Orders to drop the orders, in the languages that they are met in most.
import { rule } from './rule.ts';
import type { InjectionRule } from './rule.ts';

const OLD = '(?:previous|prior|above|preceding|earlier|former|foregoing|initial|original|existing|system|old|past)';
const ORDERS =
  "(?:instructions?|directions?|directives?|prompts?|rules?|guidelines?|orders?|commands?|training|programming|tasks?|assignments?|constraints?|restrictions?|information|conversation|context|user'?s? (?:question|request|query)|user(?= and))";
const DROP = "(?:ignore|disregard|forget|override|overrule|bypass|neglect|drop|(?:do not|don't|stop) (?:follow|obey)(?:ing)?)";
const FILL = '(?:(?:all|any|every|each|the|your|these|those|my|of|about|everything in|safety|and|content) ){0,4}';

export const OVERRIDE_RULES: readonly InjectionRule[] = [
  rule(
    'override',
    0.75,
    ['ignore', 'disregard', 'forget', 'over', 'bypass', 'neglect', 'drop', 'follow', 'obey'],
    `\\b${DROP} ${FILL}(?:${OLD} ){1,3}(?:\\w+ )?${ORDERS}`,
  ),
  rule(
    'override',
    0.7,
    ['ignore', 'disregard', 'forget', 'over', 'bypass', 'obey'],
    `\\b${DROP} (?:all (?:of )?)?(?:your|the above|these safety|safety|all the) ?(?:safety |ethical |content )?${ORDERS}`,
  ),
  rule(
    'override',
    0.7,
    ['forget', 'ignore', 'disregard'],
    '\\b(?:forget|ignore|disregard) (?:everything|all|anything)(?: (?:that |you |was |were |have |had |been |i |we |told |said |learned |about |in |this |conversation )+)?(?: ?(?:before|above|earlier|previously|prior|so far|and act))|\\bignore (?:the )?above\\b(?! (?:chart|table|figure|line))',
  ),
  rule(
    'override',
    0.6,
    ['forget everything', 'forget about'],
    '(?:^|[.!?] )(?:please |now )?forget (?:everything,|everything\\.|about all the (?:previous |prior )?(?:assignments|tasks|information|instructions))',
  ),
  // Without saying which orders; said of somebody ("I forget everything") it is no order.
  rule(
    'override',
    0.65,
    ['ignore', 'disregard', 'forget', 'override', 'bypass'],
    '(?<!\\b(?:i|you|we|they|he|she|it|who|to|never|would|will|not|people|always|can|could|may|might) )\\b(?:ignore|disregard|forget|override|bypass) (?:everything|all|it all)(?= ?(?:[,.:!-]|and (?:just |only |jsut )?(?:output|write|say|print|answer|reply)|(?:just |only )?(?:output|write|print)))|\\b(?:ignore|disregard|forget|override|bypass) (?:all|every|any) (?:of )?(?:the |your |my )?(?:instructions?|directives|prompts?|guidelines|rules (?:and|you|that you))',
  ),
  rule(
    'override',
    0.6,
    ['do not', "don't"],
    "\\b(?:do not|don't) (?:look|search|use|read|consult)(?: in| at)? the (?:documents?|context|sources|text)[^.\\n]{0,24}\\b(?:output|write|say|print)\\b",
  ),
  rule(
    'new-orders',
    0.6,
    ['your instructions', 'your rules', 'your prompt', 'your programming'],
    '\\b(?:change|replace|update|rewrite|modify) your (?:instructions|rules|prompt|programming) (?:to|with)\\b',
  ),
  rule(
    'rules-void',
    0.65,
    ['rules', 'guidelines', 'restrictions', 'filters'],
    "\\b(?:rules|guidelines|restrictions|safety filters|filters|limitations) (?:are (?:now )?(?:void|off|gone|lifted|disabled|turned off)|no longer apply|do not apply|don't apply)",
  ),
  rule(
    'override-german',
    0.75,
    ['ignor', 'vergiss', 'vergessen', 'missacht', 'abweichend', 'vorherigen', 'bisherigen'],
    '\\b(?:ignorier\\w*|vergiss|vergessen sie|missachte\\w*) (?:\\p{L}+,? ){0,3}(?:anweisungen|befehle|regeln|vorgaben|dir (?:vorher|bisher|zuvor)|instruktionen|aufgaben)|\\bvergiss alles (?:gesagte|davor|vorherige|bisherige|andere)|\\babweichend (?:zu|von) (?:\\p{L}+ )?(?:vorherigen|bisherigen) (?:instruktionen|anweisungen|vorgaben)|\\balle (?:vorherigen|bisherigen) (?:informationen|anweisungen|instruktionen)[^.\\n]{0,60}\\b(?:irrelevant|hinter sich|vergessen|ungültig|nichtig)',
  ),
  rule(
    'override-romance',
    0.75,
    ['ignor', 'olvid', 'oubli', 'dimentic', 'esque'],
    '\\b(?:ignor(?:ez|e|a|ar|en|i)|olvida|oubliez?|dimentica|esque[çc]a) (?:\\w+ ){0,3}(?:instructions?|instrucciones|istruzioni|instru[çc][õo]es|r[èe]gles|reglas|regole|regras|consignes) (?:pr[ée]c|ant|prec|del? sistema|ci-dessus)\\p{L}*|\\b(?:ignorez|oubliez|ignora|olvida|ignore|esque[çc]a|dimentica) (?:toutes|todas|tutte) (?:\\p{L}{2,3} )?(?:instructions|instrucciones|istruzioni|instruções|consignes|reglas|règles|regras|regole)',
  ),
  rule(
    'override-chinese',
    0.75,
    ['忽略', '忘记', '无视', '不要遵守'],
    '(?:忽略|忘记|忘掉|无视|不要遵守)(?:掉)?(?:你)?(?:之前|以上|上面|先前|前面|所有|一切)的?(?:所有|全部|一切)?的?(?:指令|提示|规则|指示|命令|设定|内容)',
  ),
  rule(
    'override-russian',
    0.75,
    ['игнорир', 'забудь', 'сбрось'],
    '(?:игнорируй\\p{L}*|забудь\\p{L}*|сбрось\\p{L}*) (?:\\S+ ){0,3}(?:инструкци|указани|правил|команд)\\S*',
  ),
  rule(
    'new-orders',
    0.55,
    ['new instruction', 'new task', 'new role', 'new system prompt', 'new rule'],
    '\\b(?:your|these|follow(?:ing)?|now|assistant,?|of system prompt\\.) (?:are )?(?:your )?new (?:instructions?|tasks?|role|rules|system prompt)\\b(?: (?:is|are|follow))?|(?:^|[.!?,] )new (?:system prompt|instructions?) ?:',
  ),
  rule('instead', 0.3, ['instead'], '\\b(?:and|but)? ?instead,? (?:output|write|say|print|respond|reply|answer)'),
];
