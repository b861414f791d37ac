import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('orders')
export class Order {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ nullable: true })
  parent?: string;

  @Column({ type: 'jsonb' })
  address!: unknown;

  @Column({ default: 'new' })
  state!: 'new' | 'shipped';

  @Column({ nullable: true })
  tracking?: string;
}
