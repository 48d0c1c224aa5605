import { describe, expect, it } from 'vitest';
import type { Detection, OpenDetector } from '../detector.ts';
import { pii } from './pii.ts';

const open = (reference: unknown = null): OpenDetector => pii.open(reference, { judge: null }) as OpenDetector;
const found = (text: string, reference: unknown = null): string[] =>
  (open(reference).detect(text, null as never) as Detection).spans.map(
    (span) => `${span.kind}: ${text.slice(span.start, span.end)}`,
  );

describe('pii', () => {
  it.each([
    ['write to ada.lovelace+x@mail.example.org, please', 'EMAIL: ada.lovelace+x@mail.example.org'],
    ['mail an: jürgen@müller.example', 'EMAIL: jürgen@müller.example'],
    ['pay with 4111 1111 1111 1111 today', 'CREDIT_CARD: 4111 1111 1111 1111'],
    ['in 2024 4111 1111 1111 1111 was used', 'CREDIT_CARD: 4111 1111 1111 1111'],
    ['pay with 4111.1111.1111.1111.', 'CREDIT_CARD: 4111.1111.1111.1111'],
    ['amex 3782.822463.10005', 'CREDIT_CARD: 3782.822463.10005'],
    ['barcode EAN 4111 1111 1111 1111', 'CREDIT_CARD: 4111 1111 1111 1111'],
    ['no EAN but the card 4222222222222', 'CREDIT_CARD: 4222222222222'],
    ['пишите на user@пример.рф, пожалуйста', 'EMAIL: user@пример.рф'],
    ['пишите на почта@пример.москва.', 'EMAIL: почта@пример.москва'],
    ['邮箱是li@例子.中国谢谢', 'EMAIL: li@例子.中国'],
    ['लिखें: info@उदाहरण.भारत', 'EMAIL: info@उदाहरण.भारत'],
    ['Пишите на user@example.com.Спасибо', 'EMAIL: user@example.com'],
    ['amex 378282246310005.', 'CREDIT_CARD: 378282246310005'],
    ['IBAN DE89 3704 0044 0532 0130 00 please', 'IBAN: DE89 3704 0044 0532 0130 00'],
    ['GB82WEST12345698765432', 'IBAN: GB82WEST12345698765432'],
    ['call +49 30 901820 now', 'PHONE: +49 30 901820'],
    ['call me on (212) 555-0123', 'PHONE: (212) 555-0123'],
    ['Telefon: 030 901820', 'PHONE: 030 901820'],
    ['Mobile: +41 (0)96 471 07 95', 'PHONE: +41 (0)96 471 07 95'],
    ['28-64-66-98 office', 'PHONE: 28-64-66-98'],
    ['082 490 1693-Office', 'PHONE: 082 490 1693'],
    ['you get me at 01.84.17.61.18', 'PHONE: 01.84.17.61.18'],
    ['my SSN is 219-09-9999', 'NATIONAL_ID: 219-09-9999'],
    ['DNI 12345678Z', 'NATIONAL_ID: 12345678Z'],
    ['codice fiscale RSSMRA85T10A562S', 'NATIONAL_ID: RSSMRA85T10A562S'],
    ['CPF 529.982.247-25', 'NATIONAL_ID: 529.982.247-25'],
    ['身份证 11010519491231002X', 'NATIONAL_ID: 11010519491231002X'],
    ['PESEL 44051401359', 'NATIONAL_ID: 44051401359'],
    ['BSN: 111222333', 'NATIONAL_ID: 111222333'],
    ['henkilötunnus 131052-308T', 'NATIONAL_ID: 131052-308T'],
    ['passport number 340007237', 'PASSPORT: 340007237'],
    ['from 203.0.113.9 at noon', 'IP_ADDRESS: 203.0.113.9'],
    ['at 2001:db8::ff00:42:8329', 'IP_ADDRESS: 2001:db8::ff00:42:8329'],
    ['born on 12/03/1984', 'BIRTH_DATE: 12/03/1984'],
    ['at fe80::1ff:fe23:4567:890a', 'IP_ADDRESS: fe80::1ff:fe23:4567:890a'],
    ['用户邮箱是zhang.san@example.cn谢谢', 'EMAIL: zhang.san@example.cn'],
    ['メールはtaro@example.co.jpです', 'EMAIL: taro@example.co.jp'],
    ['用户@例子.cn', 'EMAIL: 用户@例子.cn'],
    ['电话13812345678', 'PHONE: 13812345678'],
    ['私の電話番号は090-1234-5678です', 'PHONE: 090-1234-5678'],
    ['мой телефон 8 912 345-67-89', 'PHONE: 8 912 345-67-89'],
    ['بطاقة ٤١١١ ١١١١ ١١١١ ١١١١', 'CREDIT_CARD: ٤١١١ ١١١١ ١١١١ ١١١١'],
    ['कार्ड ४१११ ११११ ११११ ११११', 'CREDIT_CARD: ४१११ ११११ ११११ ११११'],
    ['lives at 221 Baker Street, London', 'ADDRESS: 221 Baker Street, London'],
    ['wohnt Hauptstraße 12, 10115 Berlin', 'ADDRESS: Hauptstraße 12, 10115 Berlin'],
    ['My name is Tomasz Kowalski.', 'PERSON: Tomasz Kowalski'],
    ['hi, my name is priya sharma and my card is lost', 'PERSON: priya sharma'],
    ['my boss mrs. kowalczyk says no', 'PERSON: kowalczyk'],
    ['Anna,+49 30 901820,x', 'PHONE: +49 30 901820'],
    ['7,+49 30 901820', 'PHONE: +49 30 901820'],
    ['tel:+49 30 901820', 'PHONE: +49 30 901820'],
    ['Phone:212-555-0123', 'PHONE: 212-555-0123'],
    ['er wohnt 221 Baker Street, London. Er ist nicht da', 'ADDRESS: 221 Baker Street, London'],
    ['er wohnt 12 Main Street, St. Louis, MO 63101 und ist nicht da', 'ADDRESS: 12 Main Street, St. Louis, MO 63101'],
    ['er wohnt 48 Fenwick Road, Leeds LS6 2AB und ist da', 'ADDRESS: 48 Fenwick Road, Leeds LS6 2AB'],
    ['Mr. Juan Carlos de la Cruz Fernandez called.', 'PERSON: Juan Carlos de la Cruz Fernandez'],
    ['Name: Maria de los Angeles\nCity: San Jose', 'PERSON: Maria de los Angeles'],
    ['for the customer Anna Schmidt', 'PERSON: Anna Schmidt'],
    ['Patient:\nOkonkwo', 'PERSON: Okonkwo'],
    ['Ludwig van der Berg, 12 Main Street', 'PERSON: Ludwig van der Berg'],
    ['John A. Smith, 12 Main Street, Springfield, IL 62704', 'PERSON: John A. Smith'],
  ])('finds in "%s"', (text, expected) => {
    expect(found(text)).toContain(expected);
  });

  it.each([
    'a card that fails its check: 4111 1111 1111 1112',
    'EAN 4006381333931, EAN-13: 4006381333931, the GTIN is 4006381333931, {"ean":"4006381333931"}',
    'EAN codes 4006381333931 / 4006381333931',
    'OID 1.3.6.1.4.1.4111.1111.1111.1111, build 4111.1111.1111.1112',
    'user@docker.internal, root@localhost.localdomain and ops@db.invalid are no mailboxes',
    'an account that fails its check: DE89 3704 0044 0532 0130 01',
    'the meeting is on 2024-01-15 at 10:30, room 4-112',
    'version 10.2.3.4 of the driver, and localhost 127.0.0.1',
    'an SSN that was never given: 000-12-3456',
    'order 8812736, 3 items, total 1,299.00 EUR',
    'the number 3.14159265358979 has many digits',
    'ISBN 978-3-16-148410-0',
    'Dear [DOCUMENT_699B168C147D], **[CONTACT_741C2915C24C]** of [NAME_379A4617E0E4]',
    'Customer: [DATE_31A4839C]',
    'Dear customer\nPlease find it attached.',
    'The client\n\nTerms apply.',
    'Employee\nBenefits are great',
    'urn:isbn:9783161484100, 1,234,567,890 EUR at 10:2125550123',
    '{"pos":[13.404954,52.520008],"lat":-33.8688197}',
    'Ignore the red light. The Great Gatsby is a novel.',
    'This is Important. Dear Valued Customer, the client Opens it. Call me Maybe; filename: Report',
    'my name is on the list, i am german and this is great',
    'released on 12.03.2024 as 10.11.12.13.14, work went on',
    'commit 9f8e7d6c5b4a3f2e1d0c9b8a7f6e5d4c3b2a1f0e',
    'image@2x.png, git@example.org:team/repository.git, react@18.2.0.tgz',
    'Mozilla/5.0 Chrome/120.0.0.0 Safari/537.36, numpy==1.26.4.1, {"version": "4.18.2.1"}',
    'call 2024-05-01 10:00',
    'std::dead::beef and a::b',
    'session d32b45e1-9720-4213-4654-9601a7c0a2bd, sha256 9f37e0610433891653629a7f092da31257ec9d5ed112ff1ba89c148d6613b939',
  ])('finds nothing in "%s"', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('finds every telephone of a long list, whatever numbers stand before them', () => {
    const orders = Array.from({ length: 120 }, (_, at) => `order 12345678${at} shipped\n`).join('');
    const phones = Array.from({ length: 3_000 }, (_, at) => `row ${at},+49 30 901${1000 + at}\n`).join('');
    expect(found(orders + phones).filter((each) => each.startsWith('PHONE'))).toHaveLength(3_000);
  });

  it('finds names outside English only where the policy asks for names', () => {
    const german = 'Das ist für Frau Anna Schmidt, und sie wohnt nicht mehr in der Stadt.';
    expect(found(german)).toEqual([]);
    expect(found(german, 'NAME')).toEqual(['PERSON: Anna Schmidt']);
    expect(found(german, ['PERSON', 'EMAIL'])).toEqual(['PERSON: Anna Schmidt']);
    expect(found('Пишет Dr. Anna Schmidt, она живёт в городе уже десять лет')).toEqual([]);
    expect(found('Anna Schmidt, 12')).toEqual(['PERSON: Anna Schmidt']);
    expect(found('The nurse asked Anna Schmidt to come in on Monday.')).toEqual(['PERSON: Anna Schmidt']);
  });

  it('looks for what the policy names alone', () => {
    const text = 'Ada Lovelace, ada@example.org, 4111111111111111';
    expect(found(text, 'PAYMENT')).toEqual(['CREDIT_CARD: 4111111111111111']);
    expect(found(text, ['EMAIL'])).toEqual(['EMAIL: ada@example.org']);
  });

  it.each([
    ['4111 1111 1111 1111 5500 0055 5555 5559', '4111 1111 1111 1111', '5500 0055 5555 5559'],
    ['123 1567 1901 1345 1789 4111 1111 1111 1111 was used', '4111 1111 1111 1111'],
    ['4111\u20131111\u20131111\u20131111', '4111\u20131111\u20131111\u20131111'],
    [
      'from DE89 3704 0044 0532 0130 00 to FR14 2004 1010 0505 0001 3M02 606 today',
      'DE89 3704 0044 0532 0130 00',
      'FR14 2004 1010 0505 0001 3M02 606',
    ],
    ['DE89370400440532013000 GB82WEST12345698765432', 'DE89370400440532013000', 'GB82WEST12345698765432'],
  ])('finds every payment of "%s"', (text, ...expected) => {
    expect(found(text, 'PAYMENT').map((each) => each.replace(/^\w+: /, ''))).toEqual(expected);
  });

  it('takes no telephone number for a card, whose check one in ten passes', () => {
    for (let last = 0; last < 10; last++) {
      const phone = `+62 812-3456-789${last}`;
      expect(found(phone)).toEqual([`PHONE: ${phone}`]);
    }
  });
});
