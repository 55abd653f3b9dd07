// What injections say. Patterns run on plain, lower-case text; a weight is the rule's share of certainty, and the
// weights of a text's rules combine as independent ones: 1 − Π(1 − weight).
import type { Role } from '../check.ts';
import { OVERRIDE_RULES } from './override-rules.ts';
import { rule } from './rule.ts';
import type { InjectionRule } from './rule.ts';

const SHOW = '(?:reveal|show|print|repeat|output|display|leak|dump|expose|disclose|write out|give me|tell me|recite|return)';
const SECRET_TEXT =
  '(?:system prompts?|(?:configuration and )?system messages?|prompt texts?|(?:hidden|secret|initial|original|full|entire|complete|internal|developer) (?:system )?(?:prompts?|instructions?|messages?|rules|guidelines)(?: texts?)?|your (?:\\w+ )?(?:prompts?|instructions?|configuration|rules)(?: texts?)?)';

const NOT_OURS: readonly Role[] = ['user', 'tool', 'assistant'];

export const INJECTION_RULES: readonly InjectionRule[] = [
  ...OVERRIDE_RULES,
  // Somebody else to be.
  rule(
    'unbound-role',
    0.65,
    [
      'without',
      'unrestricted',
      'unfiltered',
      'uncensored',
      'evil',
      'jailbr',
      'no restrictions',
      'no rules',
      'no filter',
      'no content',
    ],
    "\\b(?:act as|pretend (?:to be|you are|you're)|you are(?: now)?|behave as|play|simulate) (?:an?|my|the) (?:\\w+ ){0,2}?(?:unrestricted|unfiltered|uncensored|evil|jailbroken|ai without|assistant without|model without|hacker without)",
  ),
  rule(
    'no-limits',
    0.5,
    [
      'without any restrictions',
      'no restrictions',
      'no rules',
      'no content policy',
      'no filters',
      'without restrictions',
      'without ethical',
      'free of the confines',
      'never refuse',
    ],
    '\\b(?:answer|respond|reply|speak|you have|there (?:is|are)|has|with)\\b[^.\\n]{0,24}\\b(?:without any restrictions|no restrictions|no rules|no content policy|no filters)|free of the confines|\\bwithout ethical (?:guidelines|limits)|\\bai that never refuses',
  ),
  rule(
    'known-persona',
    0.65,
    ['dan', 'do anything now', 'developer mode', 'god mode', 'root'],
    '\\byou are (?:now )?(?:in )?(?:dan\\b|developer mode|god mode|root\\b)|\\b(?:could |can )?do anything now\\b|\\b(?:enable|activate|enter) (?:developer|god|jailbreak|debug) mode|\\bin developer mode you',
  ),
  rule('other-self', 0.4, ['no longer'], '\\byou are no longer (?:an? )?(?:assistant|ai|chatbot|language model|bound)'),
  rule(
    'unbound-chinese',
    0.65,
    ['没有限制', '不受限制', '无限制'],
    '(?:你是|扮演|现在你)[^。\\n]{0,8}(?:没有|不受|无)(?:任何)?限制',
  ),
  // Marks of the model's own formats in other people's text.
  rule(
    'chat-marks',
    0.65,
    ['<|im_start|>', '<<sys>>', '[inst]', '<|system|>', '</system>'],
    '<\\|im_start\\|>\\s*system\\s*\\n|<<sys>>\\s*\\S|\\[inst\\]\\s*\\S|<\\|system\\|>|</system>',
    NOT_OURS,
  ),
  rule(
    'false-system',
    0.45,
    ['system', 'assistant'],
    '(?:^|\\n|#{2,} ?)(?:system|\\[system\\]|system message) ?(?::|###)(?= ?(?:the |you |ignore|all |from ))|###\\s*system\\s*###|#{3} ?system|end of (?:the )?(?:system )?prompt',
    NOT_OURS,
  ),
  rule(
    'safety-off',
    0.45,
    ['safety', 'filters'],
    '\\bsafety (?:filters?|guidelines|measures) (?:are|is|have been) (?:turned |switched )?(?:off|disabled)|\\bbypass your (?:safety|content|ethical)',
  ),
  rule(
    'claimed-rank',
    0.35,
    ['administrator', 'developer', 'authorised', 'authorized', 'override code'],
    "\\bi(?:'m| am) (?:the|an|your) (?:administrator|admin|developer|creator)|\\bdeveloper override|\\boverride code|\\bthe user has authori[sz]ed you",
  ),
  // What should stay inside.
  rule(
    'exfiltrate-prompt',
    0.65,
    ['prompt', 'instructions', 'configuration', 'system message', 'rules'],
    `\\b${SHOW} (?:(?:me|us|all|of|the|any|out|with|a copy|again|verbatim) ){0,4}${SECRET_TEXT}`,
  ),
  rule(
    'exfiltrate-prompt',
    0.6,
    ['prompt', 'instructions'],
    '\\bwhat (?:is|are|was|were) your (?:\\w+ )?(?:system prompt|(?:original|initial|secret|hidden|exact) (?:prompt|instructions))|\\b(?:secret|hidden) instructions you (?:received|were given)|\\b(?:a copy of|followed by) the (?:full )?prompt',
  ),
  rule(
    'exfiltrate-prompt',
    0.6,
    ['above'],
    '\\b(?:repeat|print|output|copy) (?:all |everything |the )*(?:words?|text|everything|content)? ?above,? ?(?:starting|beginning|verbatim|word)',
  ),
  rule(
    'exfiltrate-prompt',
    0.65,
    ['prompt', '提示词', 'промпт'],
    '\\b(?:gib|zeige?|nenne) (?:\\S+ ){0,4}system-?prompt|\\b(?:dime|muestra|affichez?|montre[zr]?) (?:\\S+ ){0,3}(?:prompt|configuration|instrucciones)|(?:输出|显示|告诉我|打印)[^。\\n]{0,8}(?:系统提示|提示词)|покажи (?:\\S+ ){0,2}промпт',
  ),
  rule('leak', 0.3, ['leak them', 'word for word', 'verbatim'], '\\bleak them|\\bprint it word for word|\\bverbatim inside'),
  // Text from a tool that talks to the model instead of informing the user.
  rule(
    'tool-speaks',
    0.5,
    ['ai', 'assistant', 'llm', 'language model'],
    '\\b(?:note to|to the|attention|dear|hey|important:?|if you are an?) ?(?:ai|llm|language model|assistant|ai assistants?|ai agents?)\\b|\\b(?:ai|llm|language model|assistant)s? (?:reading|processing) this|\\bthe (?:ai|llm|assistant|language model) must now\\b|\\bai assistants reading',
    ['tool'],
  ),
  rule(
    'tool-orders',
    0.5,
    ['send', 'forward', 'transfer', 'fetch', 'post', 'run', 'call', 'include', 'email', 'state that', 'recommend', 'execute'],
    '(?<!\\b(?:users|customers|members|guests|manager|visitors) )\\b(?:must|should|now|please|also|instructions:|before (?:answering|responding|replying),?)\\b[^.\\n]{0,24}\\b(?:send|forward|transfer|fetch|post|call the|include the contents|upload|execute)\\b|\\bforward all\\b|\\brun `|\\bstate that the candidate',
    ['tool'],
  ),
  rule(
    'tool-target',
    0.35,
    ['http', '@', 'curl', 'account', 'inbox', '_'],
    "\\b(?:to|fetch|in a link to) https?://|\\bto \\S+@\\S+\\.\\w+|\\bcurl \\S+|\\bthe user'?s (?:inbox|email|files)|\\bthe conversation history|\\bto account \\d|\\bcall the \\w+_\\w+ tool|\\bprint the api key",
    ['tool'],
  ),
  rule(
    'tool-secrecy',
    0.65,
    ['user'],
    "\\b(?:do not|don't|never|without) (?:tell|inform|mention (?:this |it )?to|alert|notify|ask(?:ing)?)(?: to)? (?:the |your )?(?:user|human|operator)\\b",
    ['tool'],
  ),
  rule(
    'ignore-user',
    0.6,
    ['ignore the user', 'disregard the user', 'ignore the above document', 'ignore the document'],
    "\\b(?:ignore|disregard) the (?:user|above (?:document|text|content))(?:'s (?:question|request))?",
  ),
  rule(
    'hidden-markup',
    0.35,
    ['display:none', 'display: none', 'font-size:0', 'font-size: 0', '<!--'],
    '<(?:span|div|p)[^>]{0,200}(?:display: ?none|font-size: ?0)[^>]{0,200}>[^<]{12,400}|<!--[^>]{0,200}\\b(?:language model|assistant|ignore|instructions?|ai)\\b',
    ['tool', 'user'],
  ),
];

/** Images whose address carries data away when a page shows them. */
export const IMAGE_WITH_DATA = /!\[[^\]]{0,200}\]\((https?:\/\/[^)\s]{1,2000})\)/g;
