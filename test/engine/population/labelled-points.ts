// Sixty sentences of texts written for this project, with the side that a reader takes each to be on: +1 for the
// proposition, −1 against it.
export interface LabelledIssue {
  readonly proposition: string;
  readonly terms: readonly string[];
  readonly points: readonly (readonly [side: 1 | -1, text: string])[];
}

export const LABELLED: readonly LabelledIssue[] = [
  {
    proposition: 'Voters should back the closure of the Old Quay to private cars',
    terms: ['closure', 'old quay', 'cars'],
    points: [
      [1, 'The closure gave the Old Quay cleaner air, more visitors and a better road for the lifeboat'],
      [-1, 'The closure will hurt every shop on the Old Quay that sells something heavy'],
      [1, 'The closure protects the children who wait at the bus stop on the Old Quay every morning'],
      [-1, "The Port Kerrin Traders' Association opposes the closure and asks for a delay until the car park is open."],
      [-1, 'A closure before the car park is open will fail, and it will punish the passengers who pay for the quay'],
      [-1, 'I fear that the closure will empty the quay in winter and that the hotel will have to let four people go'],
      [1, 'Clean Harbour Alliance supports the closure and presented a petition of 3,904 residents.'],
      [-1, 'The closure is unfair to everybody who is old without being ill'],
      [-1, 'The closure will cost sixty jobs and weaken every business between the Customs House and the ferry slip'],
      [1, 'A quay without cars is a road that our crews can trust'],
      [-1, 'The closure is a burden for everybody who walks badly and holds no badge'],
      [1, 'The weeks without cars were the best six weeks that my shop on the quay has had in nine years'],
    ],
  },
  {
    proposition: 'Parliament should keep the Lunch Hour Act',
    terms: ['lunch hour act'],
    points: [
      [1, 'The Lunch Hour Act protects people whose lunch was a sandwich beside the keyboard'],
      [-1, 'The Lunch Hour Act is the worst thing that ever happened to working mothers'],
      [-1, 'The Lunch Hour Act is wrong, because a government has no business in my kitchen'],
      [1, 'The Lunch Hour Act gives people time, and it makes work safer'],
      [-1, 'The Lunch Hour Act is a burden for every small shop'],
      [-1, 'Opposition leader Rurik Osgood opposes the Lunch Hour Act.'],
      [1, 'Prime Minister Elise Marchetti supports the Lunch Hour Act and called it a small revolution.'],
      [-1, 'If the rumour is true, the Lunch Hour Act will hurt four hundred kitchens'],
    ],
  },
  {
    proposition: 'The sale of Harrowgate Rovers to Larkspur Capital will go through',
    terms: ['sale', 'larkspur capital'],
    points: [
      [-1, "The Rovers Supporters' Trust opposes the sale."],
      [1, "The sale would clear the club's debts and pay for a new training ground"],
      [-1, 'The sale would put Rovers at risk of heavy debt'],
      [1, 'This is the safest future the club has been offered in thirty years'],
      [-1, 'Councillor Paul Denby criticised the club for a lack of consultation.'],
      [1, 'Former captain Luke Adeyemi backs the sale.'],
      [-1, 'Season ticket holder Brenda Shaw fears that ordinary fans will be priced out.'],
      [1, 'Publicans near the ground hope for bigger crowds.'],
    ],
  },
  {
    proposition: "St Brendan's and Northfield General should merge",
    terms: ['merger', 'merge'],
    points: [
      [1, 'The merger would end the shortage of surgeons'],
      [-1, 'Nurses are already working double shifts, and the merger will make it worse'],
      [1, 'General practitioner Ruth Okafor supports the merger because specialist care will improve.'],
      [-1, 'The nurses’ union rejects the plan.'],
      [-1, 'The union warned that 120 nursing posts would be lost.'],
      [1, 'Mortality after surgery falls when hospitals treat more patients'],
      [1, 'Merged hospitals have fewer infections and shorter waiting times'],
      [-1, 'The regional auditor found that the savings are uncertain.'],
      [-1, 'The mayor called the merger a betrayal.'],
      [1, 'The Ministry of Health welcomed the decision.'],
    ],
  },
  {
    proposition: 'The bridge toll should be scrapped',
    terms: ['toll', 'bridge toll'],
    points: [
      [1, 'A bridge toll is unfair to people who cross twice a day to work'],
      [-1, 'The toll would improve safety for children who walk to school'],
      [1, 'The toll would hurt small shops on the east bank'],
      [-1, 'Riverline Buses backs the toll because buses would be exempt'],
      [-1, 'Mayor Mara Voss supports the toll.'],
      [1, 'The Harbour Traders Association opposes the toll.'],
    ],
  },
  {
    proposition: 'Enterprises will treat audit logging as mandatory within a year',
    terms: ['audit logging', 'logging', 'audit logs'],
    points: [
      [1, 'Without audit logging, nobody can say what an agent did last night.'],
      [1, 'Regulators require audit logging for every automated decision.'],
      [-1, 'Audit logging adds overhead that small teams cannot carry.'],
      [1, 'Most proxies do not provide audit logging, which makes incidents hard to explain.'],
      [-1, 'Small teams do not need audit logging.'],
      [-1, 'If every request writes audit logs to a database, logging becomes a bottleneck.'],
      [1, 'Audit logging is essential once more than one team shares a gateway.'],
      [1, 'Inconsistent logging was the cause of three outages last spring.'],
      [-1, 'For a prototype, audit logging is overkill.'],
      [1, 'Audit logging reduces risk without adding latency.'],
    ],
  },
  {
    proposition: 'Shareholders will favour a merger with Norrvik Motors',
    terms: ['merger', 'norrvik motors'],
    points: [
      [1, 'The merger would save €60 million a year and secure the orders of Norrvik Motors.'],
      [-1, 'A merger would be a loss for Tolmouth and a bargain for Norrvik Motors'],
      [-1, 'The merger is unfair to the owners, who would get a sick division for a healthy one'],
      [1, 'Chairman Desmond Achebe supports the merger.'],
      [-1, 'The Competition Authority could block the merger.'],
      [1, 'The merger is good for both sides, because Norrvik Motors buys most of the cells'],
    ],
  },
];
