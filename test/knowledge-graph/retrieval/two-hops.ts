// A retrieval set written for these tests: films and people that do not exist. The second document of every query
// shares no telling word with it; only the name in the first one leads there.

const film = (id: number, title: string, year: number, director: string, star: string) => ({
  id,
  title,
  text: `${title} is a ${year} drama film directed by ${director} and starring ${star}. It was shown at the Norholm festival.`,
});
const person = (id: number, title: string, born: number, place: string, work: string) => ({
  id,
  title,
  text: `${title} (born ${born}) grew up in ${place}, studied at an academy and became known for ${work}.`,
});

export const TWO_HOPS = {
  name: 'two-hops',
  docs: [
    film(0, 'The Salt Ladder', 1987, 'Ilse Varnhagen', 'Bruno Kessel'),
    film(1, 'A Winter of Glass', 1992, 'Tomas Quillery', 'Ada Ferrant'),
    film(2, 'Seven Doors North', 2001, 'Ottilie Brandauer', 'Marek Solway'),
    film(3, 'The Quiet Harbour', 1979, 'Pell Ashgrove', 'Nina Corvalan'),
    person(10, 'Ilse Varnhagen', 1941, 'Osterby', 'long silent takes'),
    person(11, 'Tomas Quillery', 1950, 'Vell', 'stories about miners'),
    person(12, 'Ottilie Brandauer', 1963, 'Karsund', 'adaptations of plays'),
    person(13, 'Pell Ashgrove', 1935, 'Dunmore', 'portraits of sailors'),
    person(20, 'Bruno Kessel', 1949, 'Tarn', 'comic parts'),
    person(21, 'Ada Ferrant', 1966, 'Loxley', 'singing on the stage'),
    person(22, 'Marek Solway', 1970, 'Ebbe', 'playing villains'),
    person(23, 'Nina Corvalan', 1944, 'Risso', 'playing queens'),
  ],
  queries: [
    { q: 'Where did the director of the film The Salt Ladder grow up?', gold: [0, 10] },
    { q: 'When was the director of A Winter of Glass born?', gold: [1, 11] },
    { q: 'What is the director of Seven Doors North known for?', gold: [2, 12] },
    { q: 'Where did the person starring in The Quiet Harbour grow up?', gold: [3, 23] },
  ],
};
