using System.Data.Common;
using IotAttest.Service.Access;
using IotAttest.Service.Problems;
using IotAttest.Service.Reference;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Builds;

/// <summary>Raises and shows the minimum security version of a class: boards on a build below it are rolled back, without new evidence.</summary>
internal sealed class MinimumRegistry(StoreWriter writer, Database database, ReferencePublisher publisher, TimeProvider clock)
{
    public MinimumView Find(Guid classId)
    {
        using DbConnection connection = database.Open();
        return MinimumView.Of(classId, MinimumTable.List(connection, classId));
    }

    /// <exception cref="ProblemException">Not the caller's class, lower than before, or no build reaches it.</exception>
    public async Task RaiseAsync(Caller caller, Guid classId, MinimumRequest request, CancellationToken cancellation)
    {
        string manufacturer = request.Manufacturer ?? caller.Organisation ?? throw Refuse.Malformed(
            "no \"manufacturer\" from a caller that acts for several", "the maker of the class", "Add \"manufacturer\".");
        if (!caller.ActsAs(Roles.Manufacturer, manufacturer))
        {
            throw Refuse.Forbidden($"a minimum for {manufacturer} from {caller.Name}", $"the token of {manufacturer}");
        }

        await writer.ExecuteAsync(
            (connection, transaction) => Raise(connection, transaction, caller, classId, request with { Manufacturer = manufacturer }),
            isRaised => Publish(manufacturer, classId, request.Version, isRaised),
            cancellation);
    }

    /// <summary>False when the minimum stands there already.</summary>
    private bool Raise(DbConnection connection, DbTransaction transaction, Caller caller, Guid classId, MinimumRequest request)
    {
        string manufacturer = request.Manufacturer!;
        ulong current = MinimumTable.Current(connection, transaction, manufacturer, classId);
        if (request.Version <= current)
        {
            return request.Version == current
                ? false
                : throw Refuse.Conflict($"minimum {request.Version}", $"more than {current}, the minimum now", "A minimum only ever rises: a weakness that was closed stays closed.");
        }

        // Without one, every board of the class would be told to flash a build that does not exist.
        if (!BuildTable.HasBuildFrom(connection, transaction, manufacturer, classId, request.Version))
        {
            throw Refuse.Unacceptable("NoBuild", $"minimum {request.Version}, which no build of {manufacturer} in this class reaches", "a submitted build, not retired, with at least this security version", "Submit the fixed build first.");
        }

        MinimumRow row = new()
        {
            Manufacturer = manufacturer,
            Version = (long)request.Version,
            At = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            DecidedBy = caller.Name,
            Reason = request.Reason,
        };
        MinimumTable.Add(connection, transaction, row, classId);
        return true;
    }

    private void Publish(string manufacturer, Guid classId, ulong version, bool isRaised)
    {
        if (isRaised)
        {
            publisher.Publish(manufacturer, reference => reference.WithMinimum(classId, version));
        }
    }
}
