using IotAttest.Cli.Failures;
using IotAttest.Service.Storage;

namespace IotAttest.Cli.Commands.Backup;

/// <summary>Faults of the store as the one paragraph that a command ends with.</summary>
internal static class StoreFaults
{
    /// <param name="expected">What the command needs.</param>
    /// <param name="work">What it does.</param>
    public static T Told<T>(string expected, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (StoreException cause)
        {
            throw CliException.Fault(cause.Message, expected, "correct what is named and run the command again; nothing was changed");
        }
    }
}
