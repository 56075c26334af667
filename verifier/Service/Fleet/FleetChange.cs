namespace IotAttest.Service.Fleet;

/// <summary>One board came from one conformity to another; sixteen bytes, because very many are kept.</summary>
/// <param name="AtMs">Milliseconds since 1970.</param>
/// <param name="Device">Row of the board.</param>
/// <param name="From">The number of the conformity before; 0 for a board that was not there.</param>
/// <param name="To">The number of the conformity after.</param>
internal readonly record struct FleetChange(long AtMs, int Device, byte From, byte To);
