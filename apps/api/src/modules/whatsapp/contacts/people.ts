/** A person as a stanza named them: by number, LID, or both; never neither. */
export interface Sighting {
  phone: string | null;
  lid: string | null;
  name?: string | null;
}

export interface Person {
  id: string;
  phone: string | null;
  lid: string | null;
  pushName: string | null;
}

export interface PeopleChanges {
  inserted: Person[];
  updated: Person[];
  /** `from` turned out to be `into`. */
  merged: { from: string; into: string }[];
}

/**
 * The people that a batch of sightings is about, and what the sightings teach (docs/decisions/people.md). A LID names a
 * person for good; a number can move. So, when a sighting gives both:
 *  - two rows, each knowing only its half, are one person: they are merged into the older;
 *  - a number that another LID had has moved: it goes to the LID seen last, and the old row keeps its LID alone;
 *  - a LID with another number than before has changed its number.
 * Nothing is ever guessed from names or digits.
 */
export class People {
  readonly changes: PeopleChanges = { inserted: [], updated: [], merged: [] };
  readonly #byPhone = new Map<string, Person>();
  readonly #byLid = new Map<string, Person>();
  readonly #fresh = new Set<Person>();
  readonly #dirty = new Set<Person>();
  readonly #into = new Map<Person, Person>();

  /** @param newId makes ids that sort by age */
  constructor(
    known: readonly Person[],
    private readonly newId: () => string,
  ) {
    for (const person of known) this.#index({ ...person });
  }

  /** Learns all of them, in order; answers who each was about. To be called once. */
  learn(sightings: readonly Sighting[]): Person[] {
    const seen = sightings.map((sighting) => this.#learn(sighting));
    this.changes.inserted.push(...this.#fresh);
    this.changes.updated.push(...[...this.#dirty].filter((person) => !this.#fresh.has(person)));
    return seen.map((person) => this.#survivor(person));
  }

  find(sighting: Sighting): Person | undefined {
    const { phone, lid } = sighting;
    return (lid !== null ? this.#byLid.get(lid) : undefined) ?? (phone !== null ? this.#byPhone.get(phone) : undefined);
  }

  /** True when a sighting would change nothing. */
  knows({ phone, lid, name }: Sighting): boolean {
    const person = this.find({ phone, lid });
    return (
      person !== undefined &&
      (phone === null || person.phone === phone) &&
      (lid === null || person.lid === lid) &&
      (!name || person.pushName === name)
    );
  }

  #learn(sighting: Sighting): Person {
    if (this.knows(sighting)) return this.find(sighting)!;
    const { phone, lid, name } = sighting;
    const person = phone !== null && lid !== null ? this.#mapped(phone, lid) : this.find(sighting);
    const seen = person ?? this.#insert(phone, lid);
    if (name && seen.pushName !== name) this.#touch(seen).pushName = name;
    return seen;
  }

  /** The one person with this number and this LID. */
  #mapped(phone: string, lid: string): Person | undefined {
    const [caller, owner] = [this.#byPhone.get(phone), this.#byLid.get(lid)];
    if (caller && !caller.lid && owner && caller !== owner) return this.#number(this.#merge(caller, owner), phone, lid);
    if (caller && caller.lid !== null && caller.lid !== lid) this.#unnumber(caller);
    const person = owner ?? (caller?.lid === null ? caller : undefined);
    return person && this.#number(person, phone, lid);
  }

  #merge(one: Person, other: Person): Person {
    const [into, from] = one.id < other.id ? [one, other] : [other, one];
    into.pushName ??= from.pushName;
    if (!this.#fresh.delete(from)) this.changes.merged.push({ from: from.id, into: into.id });
    this.#dirty.delete(from);
    this.#into.set(from, into);
    for (const map of [this.#byPhone, this.#byLid]) {
      for (const key of [from.phone, from.lid]) if (key !== null && map.get(key) === from) map.delete(key);
    }
    return into;
  }

  #survivor(person: Person): Person {
    const into = this.#into.get(person);
    return into ? this.#survivor(into) : person;
  }

  #number(person: Person, phone: string, lid: string): Person {
    if (person.phone !== null && person.phone !== phone) this.#byPhone.delete(person.phone);
    Object.assign(this.#touch(person), { phone, lid });
    return this.#index(person);
  }

  #unnumber(person: Person): void {
    this.#byPhone.delete(person.phone!);
    this.#touch(person).phone = null;
  }

  #insert(phone: string | null, lid: string | null): Person {
    const person = { id: this.newId(), phone, lid, pushName: null };
    this.#fresh.add(person);
    return this.#index(person);
  }

  #touch(person: Person): Person {
    this.#dirty.add(person);
    return person;
  }

  #index(person: Person): Person {
    if (person.phone !== null) this.#byPhone.set(person.phone, person);
    if (person.lid !== null) this.#byLid.set(person.lid, person);
    return person;
  }
}
