using System.CommandLine;
using IotAttest.Cli.Failures;

namespace IotAttest.Cli.Checks;

/// <summary>What a check is given to judge authenticity with: a key, or the explicit word that none is wanted.</summary>
/// <param name="KeyPath">The file of <c>--key</c>; null when it was left out.</param>
/// <param name="MayBeUnsigned">True with <c>--unsigned</c>: the caller knows that anybody can have made the file.</param>
internal sealed record SignatureTerms(string? KeyPath, bool MayBeUnsigned)
{
    public static Option<bool> Unsigned() => new("--unsigned") { Description = "Check without a key: exit code 0 then says nothing about who made the file." };

    public static SignatureTerms Of(string? keyPath, bool mayBeUnsigned) => keyPath is null || !mayBeUnsigned
        ? new SignatureTerms(keyPath, mayBeUnsigned)
        : throw CliException.WrongUsage("--key and --unsigned", "one of the two", "leave --unsigned out: with a key the signature is checked");
}
