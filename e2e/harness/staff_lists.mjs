// Staff lists as a payroll department sends them. The people are invented.

const heading = 'Employee Number,Last Name,First Name,Work Email,Staff Group,Role,Location,Assignment Category,Contracted FTE,Start Date,NI Number';

const people = [
  '90000001,Aldous,Wren,wren.aldous@example.org,Administrative and Clerical,Company Secretary,Sluice House,Permanent,1.0,01/04/2021,QQ123456C',
  '90000002,Thackray,Joan,joan.thackray@example.org,Nursing and Midwifery Registered,District Nurse,Sluice House,Permanent,0.8,01/04/2021,QQ123457C',
  '90000003,Obi,Chidi,chidi.obi@example.org,Allied Health Professionals,Physiotherapist,Drove End Clinic,Permanent,1.0,12/09/2022,QQ123458C',
  '90000004,Szabo,Marta,marta.szabo@example.org,Estates and Ancillary,Porter,Drove End Clinic,Permanent,1.0,03/01/2024,QQ123459C',
  '90000005,Fenwick,Ada,ada.fenwick@example.org,Additional Clinical Services,Healthcare Assistant,Sluice House,Bank,0,03/01/2024,QQ123460C',
];

const lines = (...rows) => `${rows.join('\r\n')}\r\n`;

/** The list of a small organisation, with one row that cannot be read: it has no employee number. */
export const smallList = () => lines(heading, ...people, ',Nameless,Nora,,Estates and Ancillary,Cleaner,Sluice House,Permanent,1.0,03/01/2024,QQ123461C');

/** The same a month later: one person has left, one has moved. */
export const laterList = () => lines(heading, people[0], people[1], people[2].replace('Drove End Clinic', 'Sluice House'), people[4].replace('Bank', 'Permanent'));

/** A list that most of the staff of the demonstration are missing from, which asks for a second look. */
export const shortList = () => lines(heading, ...people);

/** A list whose headings mean nothing to us. */
export const unknownList = () => lines('Ref,Who,Colour', '90000001,Wren Aldous,Green', '90000002,Joan Thackray,Blue');
