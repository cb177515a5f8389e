import { Injectable } from '@nestjs/common';
import { type ListedCashier, TillCashiers } from '../../stations/tills/till-cashiers.service.js';
import { type ListedDevice, TillDevices } from '../../stations/tills/till-devices.service.js';

export interface StationTill {
  devices: ListedDevice[];
  cashiers: ListedCashier[];
}

/** What a station's page shows of its web till. */
@Injectable()
export class StationTills {
  constructor(
    private readonly devices: TillDevices,
    private readonly cashiers: TillCashiers,
  ) {}

  async ofStation(stationId: string): Promise<StationTill> {
    const [devices, cashiers] = await Promise.all([this.devices.list(stationId), this.cashiers.list(stationId)]);
    return { devices, cashiers };
  }
}
