using IotAttest.Cli.Failures;
using IotAttest.Service.Storage;

namespace IotAttest.Cli.Commands.Backup;

/// <summary>Faults of the store as the one paragraph that a command ends with.</summary>
internal static class StoreFaults
{
    public static T Told<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (StoreException cause)
        {
            throw CliException.Fault(cause.Message.TrimEnd('.'), "a backup that is whole and a place for it", "correct what is named and run the command again; nothing was changed");
        }
    }
}
