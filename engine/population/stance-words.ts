// Words that lean: a small hand-made lexicon of English verbs, nouns and adjectives by stem, and the words that
// turn them round. It reads what documents say about an issue; it is not a general sentiment lexicon.

/** Stems (a word leans if it starts with one). */
export const SUPPORT_STEMS: readonly string[] =
  `support back welcom favour favor approv endors champion defend promot praise applaud embrac adopt benefit improv
  safer safest safety secure fair fairer affordab cheaper succe gain growth grow profit boost strengthen protect help
  save saving reliab effective efficien essential necessary needed vital crucial valuable worth promising popular
  agree recommend prefer ready progress solve solution opportunit advantage faster win won thriv trust confiden
  enable simplif safeguard guarantee restor shorter compensat understand treat prevent require mandator standard better best good great strong positive hope useful commit invest
  overdue sensible reasonable succeed upgrade renew relief repair important need`.split(/\s+/);

export const OPPOSE_STEMS: readonly string[] =
  `oppos reject against critici condemn attack blame block ban resist protest object refus denounc warn fear
  worry worries worri concern risk danger threat harm hurt damag burden costly expensive overpriced unfair unjust
  unaffordab unpopular unnecessary useless fail failure collapse crisis loss lose losing lost decline drop fall
  delay postpon stall problem trouble doubt skeptic sceptic uncertain unclear insecure vulnerab breach leak abuse
  corrupt scandal lawsuit sue sued illegal wrong bad worse worst weak negative impossib waste wasted broken
  complain anger angry outrage regret abandon withdraw cancel scrap halt punish victim shortage chaos confus
  unsafe inefficien inconsisten bottleneck debt betray closure late dark price-out priced runaway frozen freeze uncertaint infect mortal layoff downgrad overcrowd understaff half-staffed overhead lock-in penalt punitive suffer struggle empty drive-away`.split(
    /\s+/,
  );

/** Turn round what follows within three words. */
export const NEGATIONS: ReadonlySet<string> = new Set(
  `not no never none nobody nothing neither nor without cannot can't won't don't doesn't didn't isn't aren't wasn't
  weren't hardly scarcely barely fails failed unlikely lacks lack less`.split(/\s+/),
);

/** Make less of what follows them. */
export const REDUCING_STEMS: readonly string[] =
  `reduc lower prevent avoid mitigat eliminat curb fewer less cut protect against minimi without remov solv clear shorter end fall`.split(
    /\s+/,
  );

/** Words that stir. */
export const AROUSAL_STEMS: readonly string[] =
  `outrage angry anger fear panic crisis scandal shock disaster catastroph collapse death dead kill victim danger threat
  attack betray corrupt lie lies lying shame disgrac never always must urgent immediately emergency breaking huge
  massive worst best unbeliev incredible fight war strike protest riot explode ruin destroy crush devastat hero
  historic record children hurt hate love`.split(/\s+/);

/** Verbs by which a proposition asks for the end of something: praise of that thing then speaks against it. */
export const ENDING_STEMS: readonly string[] =
  `scrap ban abolish reject cancel stop block oppos repeal withdraw end drop close shut remove abandon halt prevent
  forbid prohibit fail collapse lose delay postpone reverse against`.split(/\s+/);

/** Predicates of relations between actors and things. */
export const SUPPORT_PREDICATES =
  /\b(support|back|welcome|favou?r|approve|endorse|champion|defend|promote|praise|embrace|adopt|fund|finance|propose|introduce|launch|advocate|call for|vote for|campaign for|agree|recommend|urge|demand|invest|plan)\b/;
export const OPPOSE_PREDICATES =
  /\b(oppose|reject|criticis[e]?|criticiz[e]?|condemn|attack|blame|block|ban|resist|protest|object|refuse|denounce|sue|fight|warn|challenge|vote against|campaign against|withdraw|scrap|cancel|doubt|question)\b/;
