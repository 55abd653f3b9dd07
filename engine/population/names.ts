// Names for the crowd: given and family names of many naming traditions, so that nobody has to be called "User 4711".
// The lists are ours, written for variety; they stand for no country's shares.

interface Tradition {
  readonly weight: number;
  readonly female: readonly string[];
  readonly male: readonly string[];
  readonly family: readonly string[];
}

const tradition = (weight: number, female: string, male: string, family: string): Tradition => ({
  weight,
  female: female.split(' '),
  male: male.split(' '),
  family: family.split(' '),
});

export const TRADITIONS: readonly Tradition[] = [
  tradition(
    6,
    'Emma Grace Holly Chloe Lucy Hannah Abigail Ruby Eleanor Daisy Megan Olive Beth Alice Joan Margaret Paula Karen',
    'Jack Oliver Harry Thomas Owen Luke Samuel George Henry Adam Peter Simon Martin Keith Ian Nathan Toby Derek',
    'Hartley Whitcombe Bell Marsh Fielding Carter Harper Lowe Brooks Sutton Palmer Reeves Dawson Pryce Hale Turner Webb Shaw',
  ),
  tradition(
    3,
    'Aoife Niamh Siobhan Maeve Ciara Fiona Orla Roisin Isla Morag Eilidh Catriona',
    'Sean Declan Cormac Fergus Ronan Callum Euan Hamish Liam Brendan Niall Angus',
    'Byrne Gallagher Doyle Nolan Kearney Mackay Sinclair Murray Drummond Brennan Lennox Rafferty',
  ),
  tradition(
    4,
    'Anna Lena Katrin Jana Ulrike Greta Heike Sabine Lotte Miriam Franziska Petra',
    'Jonas Lukas Matthias Stefan Felix Jürgen Tobias Karl Moritz Uwe Bernd Florian',
    'Becker Vogel Krüger Lindner Hoffmann Brandt Seidel Winkler Ziegler Kessler Albrecht Pohl',
  ),
  tradition(
    3,
    'Ingrid Astrid Freja Maja Signe Linnea Sofie Kirsten Elin Hanne Aino Liisa',
    'Lars Erik Magnus Nils Henrik Anders Mikkel Johan Sven Oskar Eero Jussi',
    'Lindqvist Dahl Nygaard Berg Holm Sandvik Ekström Thorsen Virtanen Halvorsen Lund Åkesson',
  ),
  tradition(
    4,
    'Camille Juliette Manon Claire Élodie Sylvie Margaux Inès Nathalie Solène Odile Amandine',
    'Lucas Hugo Antoine Mathieu Rémi Étienne Bastien Olivier Gérard Thibault Yann Pascal',
    'Moreau Lefèvre Girard Fontaine Rousseau Chevalier Barbier Marchand Perrin Carpentier Delorme Vasseur',
  ),
  tradition(
    4,
    'Giulia Chiara Francesca Elena Martina Silvia Paola Beatrice Serena Lucia Ornella Alessia',
    'Marco Luca Matteo Davide Paolo Andrea Stefano Lorenzo Enrico Nicola Fabio Giorgio',
    'Ferrari Bianchi Romano Conti Greco Marchetti Rinaldi Costa Gallo Mancini Fabbri Serra',
  ),
  tradition(
    6,
    'Lucía Carmen Valentina Marisol Ana Beatriz Camila Inês Paloma Ximena Rocío Teresa Gabriela Luísa',
    'Diego Javier Mateo Rafael Joaquín Tiago Andrés Bruno Emilio João Sergio Álvaro Nicolás Fábio',
    'García Moreno Ortega Vargas Navarro Almeida Ribeiro Castillo Delgado Pereira Fuentes Ibarra Teixeira Salazar',
  ),
  tradition(
    5,
    'Agnieszka Katarzyna Olga Irina Milena Svetlana Zuzana Jelena Tereza Oksana Ivana Magda Daria Lidia',
    'Piotr Tomasz Andrei Dmitri Pavel Marek Goran Jakub Miloš Bogdan Viktor Oleksandr Filip Radek',
    'Kowalska Nowak Wójcik Petrov Novák Horvat Jovanović Shevchenko Dvořák Marković Zielinski Kovač Melnyk Ivanova',
  ),
  tradition(
    3,
    'Elif Zeynep Ayşe Defne Selin Derya Leyla Esra Gül Nilüfer',
    'Emre Mehmet Can Murat Kerem Burak Hakan Onur Yusuf Selim',
    'Yılmaz Demir Kaya Arslan Aydın Özdemir Polat Çelik Aksoy Erdem',
  ),
  tradition(
    4,
    'Layla Fatima Amina Noor Yasmin Salma Hanan Rania Mariam Dalia Shirin Parisa',
    'Omar Karim Yusuf Hassan Tariq Samir Bilal Khalid Nabil Rashid Farhad Dariush',
    'Haddad Mansour Khoury Nasser Saleh Farouk Aziz Rahimi Hakimi Darwish Tehrani Bakri',
  ),
  tradition(
    6,
    'Priya Ananya Kavita Meera Lakshmi Sunita Nisha Divya Aisha Farah Tanvi Pooja Shreya Nadia',
    'Arjun Rohan Vikram Sanjay Imran Rahul Anil Kiran Suresh Faisal Nikhil Aditya Ravi Usman',
    'Sharma Patel Iyer Menon Chowdhury Reddy Khan Kapoor Nair Banerjee Desai Malik Gill Perera',
  ),
  tradition(
    5,
    'Mei Xiaoling Jing Yan Hui Lian Qing Wenxin Yuki Haruka Aiko Naomi Sora Jiwoo Minji Hyejin',
    'Wei Jun Hao Ming Zhiyuan Lei Bo Kenji Takumi Hiroshi Daichi Ren Minjun Jihoon Seojun Dong',
    'Zhang Chen Liu Wang Huang Zhou Tanaka Sato Nakamura Kimura Ito Kim Park Choi Lim Yoon',
  ),
  tradition(
    3,
    'Linh Thuy Mai Ngoc Siti Dewi Putri Maricel Jasmine Kanya Malee Rosario',
    'Minh Tuan Duc Khoa Budi Agus Rizal Paolo Jomar Somchai Anan Ramon',
    'Nguyen Tran Pham Le Santoso Wijaya Hidayat Reyes Santos Bautista Suwan Aquino',
  ),
  tradition(
    5,
    'Chioma Adaeze Ngozi Amara Folake Abena Akosua Wanjiru Achieng Thandiwe Nomvula Zola Mariama Hawa',
    'Chidi Emeka Tunde Kwame Kofi Kamau Otieno Sipho Thabo Musa Ibrahim Babajide Jabari Sekou',
    'Okafor Adeyemi Eze Balogun Mensah Asante Boateng Mwangi Odhiambo Dlamini Nkosi Diallo Traoré Kamara',
  ),
  tradition(
    2,
    'Eleni Katerina Despina Sofia Ioana Andreea Mihaela Eszter Noémi Réka',
    'Nikos Yannis Kostas Petros Radu Mihai Cristian Gergő Bence László',
    'Papadakis Georgiou Nikolaidis Ionescu Popescu Dumitru Szabó Farkas Varga Molnár',
  ),
];

/** Used for people who are neither female nor male in the columns, with any family name. */
export const NEUTRAL_NAMES: readonly string[] =
  'Alex Robin Sam Kai Noa Jules Sasha Charlie Rowan Quinn Ari Nico Toni Remi Yael Jude'.split(' ');
