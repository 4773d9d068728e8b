/** What stock, reservations and time do, in a few lines without a database: what the real ones are held to. */

export type Line = { sku: string; quantity: number };
type Held = Line & { backordered: boolean };
type Record = { state: 'HELD' | 'CONSUMED' | 'RELEASED'; lines: Held[]; expiresAt: number };
type Variant = { quantity: number; reserved: number; backordered: number; backorder: boolean };

export class StockModel {
  readonly variants: Map<string, Variant>;
  readonly records: Record[] = [];
  minute = 0;

  constructor(stocked: Map<string, { quantity: number; backorder: boolean }>) {
    const empty = { reserved: 0, backordered: 0 };
    this.variants = new Map([...stocked].map(([sku, variant]) => [sku, { ...variant, ...empty }]));
  }

  inventoryOf(sku: string) {
    const { quantity, reserved, backordered } = this.#variant(sku);
    return { quantity, reserved, available: quantity - reserved, backordered };
  }

  /** Whether it can be had. */
  reserve(lines: Line[], minutes: number): boolean {
    const held = lines.map((line) => ({ ...line, backordered: this.#available(line.sku) < line.quantity }));
    if (held.some(({ sku, backordered }) => backordered && !this.#variant(sku).backorder)) return false;
    for (const { sku, quantity } of here(held)) this.#variant(sku).reserved += quantity;
    this.records.push({ state: 'HELD', lines: held, expiresAt: this.minute + minutes });
    return true;
  }

  /** Whether there is anything left to give up. */
  release(index: number): boolean {
    const record = this.#record(index);
    if (record.state === 'HELD') {
      for (const { sku, quantity } of here(record.lines)) this.#variant(sku).reserved -= quantity;
      record.state = 'RELEASED';
      this.#fill();
    }
    return record.state === 'RELEASED';
  }

  consume(index: number): boolean {
    const record = this.#record(index);
    if (record.state !== 'HELD') return false;
    for (const { sku, quantity, backordered } of record.lines) {
      const variant = this.#variant(sku);
      if (backordered) variant.backordered += quantity;
      else {
        variant.quantity -= quantity;
        variant.reserved -= quantity;
      }
    }
    record.state = 'CONSUMED';
    this.#fill();
    return true;
  }

  extend(index: number, minutes: number): boolean {
    const record = this.#record(index);
    record.expiresAt = Math.max(record.expiresAt, this.minute + minutes);
    return record.state === 'HELD';
  }

  sweep(minutes: number) {
    this.minute += minutes;
    this.records.forEach((record, index) => {
      if (record.state === 'HELD' && record.expiresAt <= this.minute) this.release(index);
    });
  }

  adjust(sku: string, delta: number): boolean {
    if (this.#available(sku) + delta < 0) return false;
    this.#variant(sku).quantity += delta;
    this.#fill();
    return true;
  }

  #fill() {
    for (const [sku, variant] of this.variants) {
      const filled = Math.min(this.#available(sku), variant.backordered);
      variant.quantity -= filled;
      variant.backordered -= filled;
    }
  }

  #available(sku: string): number {
    const { quantity, reserved } = this.#variant(sku);
    return quantity - reserved;
  }

  #variant(sku: string): Variant {
    const variant = this.variants.get(sku);
    if (!variant) throw new Error(`There is no variant ${sku}`);
    return variant;
  }

  #record(index: number): Record {
    const record = this.records[index];
    if (!record) throw new Error(`There is no reservation ${index}`);
    return record;
  }
}

const here = (lines: Held[]) => lines.filter(({ backordered }) => !backordered);
