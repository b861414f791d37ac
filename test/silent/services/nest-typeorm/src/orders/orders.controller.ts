import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { OrdersService } from './orders.service';

@Controller('orders')
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Get('report')
  report(@Query('day') day: string) {
    return this.orders.report(day);
  }

  @Post(':id/ship')
  ship(@Param('id', ParseUUIDPipe) id: string) {
    return this.orders.ship(id);
  }

  @Post(':id/merge')
  merge(@Param('id', ParseUUIDPipe) id: string, @Body('into', ParseUUIDPipe) into: string) {
    return this.orders.merge(id, into);
  }
}
