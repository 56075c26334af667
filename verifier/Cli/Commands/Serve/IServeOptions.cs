using System.CommandLine;
using IotAttest.Service.Hosting;

namespace IotAttest.Cli.Commands.Serve;

/// <summary>Options of <c>serve</c> that belong together.</summary>
internal interface IServeOptions
{
    /// <summary>In the order in which the help shows them.</summary>
    IEnumerable<Option> All { get; }

    /// <summary>What the verifier is told by them.</summary>
    VerifierOptions Apply(ParseResult parsed, VerifierOptions options);
}
