/** Names by where people come from; `native` says whether they grew up with English. */
interface NamePool {
  native: boolean;
  currency: string;
  first: string[];
  last: string[];
}

export const NAME_POOLS = {
  british: {
    native: true,
    currency: '£',
    first: ['Hannah', 'Oliver', 'Gemma', 'Rhys', 'Fiona', 'Callum', 'Beth', 'Stuart', 'Imogen', 'Dean'],
    last: ['Whitfield', 'Pryce', 'Okafor-Bell', 'MacLeod', 'Ashworth', 'Hartley', 'Nolan', 'Trent', 'Doyle'],
  },
  american: {
    native: true,
    currency: '$',
    first: ['Tyler', 'Marisol', 'Denise', 'Brandon', 'Keisha', 'Walt', 'Jenna', 'Luis', 'Carol', 'Andre'],
    last: ['Kowalczyk', 'Freeman', 'Delgado', 'Hutchins', 'Barnes', 'Lindqvist', 'Mercer', 'Ruiz', 'Tanaka'],
  },
  indian: {
    native: true,
    currency: '₹',
    first: ['Ananya', 'Rohit', 'Meera', 'Sandeep', 'Kavitha', 'Arjun', 'Divya', 'Imran'],
    last: ['Deshpande', 'Iyer', 'Chatterjee', 'Malhotra', 'Nair', 'Qureshi', 'Reddy', 'Bhatt'],
  },
  nigerian: {
    native: true,
    currency: '₦',
    first: ['Chinedu', 'Folake', 'Emeka', 'Ngozi', 'Tunde', 'Amara', 'Sadiq', 'Yewande'],
    last: ['Adeyemi', 'Nwosu', 'Balogun', 'Eze', 'Lawal', 'Okonkwo', 'Bassey', 'Oyelaran'],
  },
  german: {
    native: false,
    currency: '€',
    first: ['Jürgen', 'Katrin', 'Sebastian', 'Ute', 'Florian', 'Anke', 'Thorsten', 'Lena', 'Matthias'],
    last: ['Brückner', 'Hofmann', 'Seidel', 'Vogt', 'Schäfer', 'Wieland', 'Kranz', 'Lüttgens', 'Baumeister'],
  },
  french: {
    native: false,
    currency: '€',
    first: ['Aurélie', 'Benoît', 'Camille', 'Thierry', 'Sandrine', 'Julien', 'Maëlle', 'Hervé'],
    last: ['Lefèvre', 'Marchand', 'Garnier', 'Poirier', 'Rousselot', 'Chevallier', 'Blondel', 'Aubert'],
  },
  spanish: {
    native: false,
    currency: '€',
    first: ['Lucía', 'Álvaro', 'Pilar', 'Rubén', 'Marta', 'Íñigo', 'Consuelo', 'Javier'],
    last: ['Núñez', 'Serrano', 'Gallego', 'Ibáñez', 'Romero', 'Cabrera', 'Vidal', 'Ortega'],
  },
  portuguese: {
    native: false,
    currency: '€',
    first: ['Inês', 'Tiago', 'Catarina', 'Rui', 'Beatriz', 'Gonçalo', 'Sónia', 'Nuno'],
    last: ['Carvalho', 'Figueiredo', 'Tavares', 'Moreira', 'Pacheco', 'Antunes', 'Lourenço', 'Sá'],
  },
  italian: {
    native: false,
    currency: '€',
    first: ['Giulia', 'Matteo', 'Federica', 'Luca', 'Chiara', 'Stefano', 'Elisa', 'Davide'],
    last: ['Ferrero', 'Bianchi', 'Colombo', 'Gentile', 'Marchetti', 'Sorrentino', 'Fontana', 'Bassi'],
  },
  dutch: {
    native: false,
    currency: '€',
    first: ['Sanne', 'Joost', 'Marieke', 'Pieter', 'Femke', 'Bas', 'Anouk', 'Wouter'],
    last: ['de Graaf', 'Visser', 'van den Berg', 'Hoekstra', 'Smeets', 'Kuipers', 'Mulder', 'Terpstra'],
  },
  polish: {
    native: false,
    currency: 'zł ',
    first: ['Agnieszka', 'Paweł', 'Katarzyna', 'Tomasz', 'Małgorzata', 'Łukasz', 'Ewa', 'Grzegorz'],
    last: ['Wiśniewska', 'Zieliński', 'Kamińska', 'Dąbrowski', 'Mazur', 'Jabłońska', 'Sikora', 'Wrona'],
  },
  turkish: {
    native: false,
    currency: '₺',
    first: ['Mehmet', 'Elif', 'Burak', 'Ayşe', 'Emre', 'Zeynep', 'Hakan', 'Gül'],
    last: ['Yıldız', 'Öztürk', 'Kaplan', 'Demirci', 'Şahin', 'Arslan', 'Çelik', 'Aksoy'],
  },
  arab: {
    native: false,
    currency: '$',
    first: ['Layla', 'Omar', 'Rania', 'Khaled', 'Nour', 'Youssef', 'Dalia', 'Hassan'],
    last: ['Haddad', 'Mansour', 'Nasser', 'Khoury', 'Sabbagh', 'Farouk', 'Aziz', 'Rahman'],
  },
  japanese: {
    native: false,
    currency: 'US$',
    first: ['Haruka', 'Kenji', 'Yui', 'Daisuke', 'Naomi', 'Takumi', 'Aiko', 'Ryo'],
    last: ['Nakamura', 'Fujimoto', 'Ishikawa', 'Matsuda', 'Okada', 'Shimizu', 'Ueno', 'Kobayashi'],
  },
  nordic: {
    native: false,
    currency: 'kr ',
    first: ['Søren', 'Astrid', 'Mikael', 'Åsa', 'Lars', 'Ingrid', 'Jonas', 'Kaisa'],
    last: ['Lindgren', 'Bjørnstad', 'Nyström', 'Halvorsen', 'Eklund', 'Østergaard', 'Virtanen', 'Dahl'],
  },
} satisfies Record<string, NamePool>;

export type Culture = keyof typeof NAME_POOLS;
