// Invented names of people, as one writes them.
import type { Random } from '../../src/core/random.ts';
import { pick } from '../guard/phrase-bank.ts';
import { chance, fakerOf, originFor, single } from './origins.ts';

/** Sets of names that @faker-js/faker has in other scripts only. */
const more: readonly {
  readonly given: readonly string[];
  readonly family: readonly string[];
  readonly familyFirst?: true;
}[] = [
  {
    given:
      'Wei Li Xiaoming Jing Yifan Haoran Mengyao Zihan Jun Ling Qiang Xiuying Chenxi Ruolan Tao Minghao Yuting'.split(
        ' ',
      ),
    family: 'Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Hu Zhu Gao Lin He Guo Ma Luo Liang Song Zheng'.split(
      ' ',
    ),
    familyFirst: true,
  },
  {
    given:
      'Haruto Yui Sakura Ren Aoi Hiroshi Kenji Yuki Akiko Naoko Takeshi Emi Shota Riko Daichi Mei Kaito Noriko'.split(
        ' ',
      ),
    family:
      'Sato Suzuki Takahashi Tanaka Watanabe Ito Yamamoto Nakamura Kobayashi Kato Yoshida Yamada Sasaki Matsumoto Inoue Kimura Shimizu'.split(
        ' ',
      ),
  },
  {
    given:
      'Min-jun Seo-yeon Ji-ho Ha-eun Joon-ho Soo-jin Hyun-woo Eun-ji Dong-hyun Yu-na Sung-min Mi-kyung Tae-yang'.split(
        ' ',
      ),
    family: 'Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Shin Kwon Hwang Ahn Song Ryu'.split(' '),
    familyFirst: true,
  },
  {
    given:
      'Ahmed Fatima Omar Layla Yusuf Aisha Khalid Noor Hassan Mariam Ibrahim Zainab Tariq Salma Karim Huda Bilal Rania Mustafa Amina'.split(
        ' ',
      ),
    family:
      'Al-Masri Haddad Khoury Nasser El-Sayed Rahman Abdallah Mansour Farouk Saleh Najjar Bakr Zahran Al-Hashimi Darwish Qasim Shaheen'.split(
        ' ',
      ),
  },
  {
    given:
      'Kwame Adwoa Chidi Ngozi Thabo Zanele Tendai Wanjiru Otieno Amara Sipho Fatou Mamadou Abebe Selam Kofi Nkechi Baraka Neema'.split(
        ' ',
      ),
    family:
      'Mensah Okafor Nkosi Dlamini Moyo Kamau Ochieng Diallo Traoré Bekele Tesfaye Boateng Eze Mwangi Ndiaye Chukwu Achebe Owusu'.split(
        ' ',
      ),
  },
  {
    given:
      'Priya Arjun Ananya Rohan Lakshmi Vikram Deepa Sanjay Meera Rahul Kavya Imran Sadia Nadeem Harpreet Gurdeep Tashi Sunita'.split(
        ' ',
      ),
    family:
      'Sharma Patel Iyer Reddy Nair Gupta Khan Singh Kaur Chatterjee Banerjee Menon Rao Desai Malik Qureshi Hussain Gunawardena Thapa'.split(
        ' ',
      ),
  },
  {
    given:
      'Nikos Eleni Giorgos Katerina Dmitri Olga Sergei Natalia Oleksandr Iryna Boris Svetlana Aram Nino Levan Ivana Dragan'.split(
        ' ',
      ),
    family:
      'Papadopoulos Nikolaidis Ivanov Petrova Sokolov Smirnova Kovalenko Shevchuk Bondarenko Petrosyan Gelashvili Dimitrov Todorova Jovanović Marković'.split(
        ' ',
      ),
  },
  {
    given:
      'Siaosi Leilani Keanu Malia Sione Tavita Hemi Aroha Wiremu Kahu Nakai Winona Björk Jón Guðrún Sigríður Aoife Niamh Siobhán Tadhg'.split(
        ' ',
      ),
    family: 'Kealoha Tupou Fonoti Taufa Ngata Parata Begay Yazzie Jónsdóttir Sigurðsson Ó Briain'
      .split(' ')
      .concat("O'Sullivan", 'McGuinness', 'MacLeod', "D'Souza"),
  },
];
const FROM_MORE = 0.22;

export interface PersonParts {
  readonly given: string;
  readonly family: string;
  readonly familyFirst: boolean;
}

export function partsOf(language: string, random: Random): PersonParts {
  const isCyrillic = language === 'ru' || language === 'uk';
  if (!isCyrillic && random.next() < (language === 'en' ? FROM_MORE : FROM_MORE / 4)) {
    const { given, family, familyFirst } = pick(more, random);
    return {
      given: pick(given, random),
      family: pick(family, random),
      familyFirst: familyFirst === true && random.next() < 0.5,
    };
  }
  const origin = originFor(language, random);
  const faker = fakerOf(origin, random);
  const sex = pick(['female', 'male'] as const, random);
  return {
    given: single(faker.person.firstName(sex)),
    family: single(faker.person.lastName(sex)),
    familyFirst: origin === 'hu' && language === 'hu',
  };
}

const titles: Readonly<Record<string, readonly string[]>> = {
  en: 'Mr Mrs Ms Dr Mr. Mrs. Ms. Dr. Prof. Sir Captain Sister Judge Miss Uncle Officer Nurse Coach Councillor'.split(
    ' ',
  ),
  de: ['Herr', 'Frau', 'Dr.', 'Prof. Dr.', 'Herr Dr.', 'Frau Prof.', 'Schwester', 'Familie'],
  nl: ['mevrouw', 'meneer', 'Mevr.', 'Dhr.', 'dr.', 'mw.'],
  sv: ['herr', 'fru', 'dr', 'doktor'],
  da: ['hr.', 'fru', 'dr.'],
  fi: ['herra', 'rouva', 'tri'],
  fr: ['M.', 'Mme', 'Mlle', 'Monsieur', 'Madame', 'Dr', 'Me'],
  es: ['Sr.', 'Sra.', 'Srta.', 'Don', 'Doña', 'Dr.', 'Dra.', 'señor', 'señora'],
  it: ['Sig.', 'Sig.ra', 'Dott.', 'Dott.ssa', 'Avv.', 'Ing.', 'signor', 'signora'],
  pt: ['Sr.', 'Sra.', 'Dr.', 'Dra.', 'D.', 'Eng.', 'seu', 'dona'],
  pl: ['pan', 'pani', 'Pan', 'Pani', 'dr', 'mgr', 'inż.'],
  cs: ['pan', 'paní', 'Ing.', 'MUDr.', 'Mgr.'],
  hu: ['dr.', 'Dr.', 'özv.'],
  ro: ['dl', 'dna', 'Dl.', 'Dna.', 'dr.'],
  tr: ['Sayın', 'Dr.', 'Av.', 'Prof. Dr.'],
  ru: ['г-н', 'г-жа', 'доктор', 'д-р'],
  uk: ['пан', 'пані', 'лікар', 'д-р'],
};

const lettersOf: Readonly<Record<string, string>> = { ru: 'АБВГДЕИКЛМНОПРСТ', uk: 'АБВГДЕІКЛМНОПРСТ' };

function inFull({ given, family, familyFirst }: PersonParts, language: string, random: Random): string {
  const initial = `${pick([...(lettersOf[language] ?? 'ABCDEFGHJKLMNOPRSTVW')], random)}.`;
  if (familyFirst) return `${family} ${given}`;
  if (chance(random, language in lettersOf ? 0.25 : 0.01)) return `${family} ${given[0]}. ${initial}`;
  const second = chance(random, 0.06)
    ? ` ${partsOf(language, random).given}`
    : chance(random, 0.1)
      ? ` ${initial}`
      : '';
  const doubled = chance(random, 0.04)
    ? pick([`-${partsOf(language, random).family}`, ` ${partsOf(language, random).family}`], random)
    : '';
  const suffix = language === 'en' && chance(random, 0.03) ? pick([' Jr.', ' III', ' II', ' Sr.'], random) : '';
  const first = chance(random, 0.07) ? `${given[0]}.` : given;
  return `${first}${second} ${family}${doubled}${suffix}`;
}

/** A name as one writes it; between the marks that the caller names, without its title. */
export function personIn(language: string, random: Random, mark: (name: string) => string): string {
  const parts = partsOf(language, random);
  const form = random.next();
  if (form < 0.1) return mark(parts.given);
  const name = inFull(parts, language, random);
  if (form < 0.15)
    return mark(chance(random, 0.7) ? name.toUpperCase() : `${parts.family.toUpperCase()} ${parts.given}`);
  const title = titles[language];
  if (form < 0.24 && title !== undefined)
    return `${pick(title, random)} ${mark(chance(random, 0.5) ? parts.family : name)}`;
  return mark(name);
}
