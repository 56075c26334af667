using IotAttest.Cli.Failures;

namespace IotAttest.Cli.Corims;

/// <summary>Translates what the writers of the domain refuse.</summary>
internal static class CorimSigning
{
    public static byte[] Run(Func<byte[]> sign)
    {
        try
        {
            return sign();
        }
        catch (ArgumentException refused)
        {
            // The first sentence is the domain's; the framework adds the parameter behind it.
            string seen = refused.Message.Split(" (Parameter", 2)[0];
            throw CliException.WrongUsage($"a value that no manifest or certificate can hold: {seen}", "values that fit the profile", "correct the option or file that this value comes from");
        }
    }
}
