using System.Diagnostics;
using IotAttest.Support;

namespace IotAttest.Interop.Tests.Stm32;

/// <summary>Builds the port of STM32 over the fake chip once per test run, with address and undefined-behaviour checks, into a temporary folder.</summary>
public sealed class Stm32Build : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotattest-stm32-");
    private readonly Lazy<string> _output;

    public Stm32Build() => _output = new Lazy<string>(Build);

    public static string Sources { get; } = Path.Combine(NativeBuild.Sources, "stm32");

    /// <summary>What is shipped for STM32F769I_DISCOVERY.</summary>
    public string Board => Program("iotattest-stm32");

    public string PalThree => Program("iotattest-stm32-palthree");

    /// <summary>What is shipped when a boot loader that checks images stands in front.</summary>
    public string Verified => Program("iotattest-stm32-verified");

    /// <summary>The provisioning firmware as it is unless told otherwise: read protection level 1.</summary>
    public string Factory => Program("iotattest-stm32-factory");

    /// <summary>The provisioning firmware whole, its console on standard input and output.</summary>
    public string Console => Program("iotattest-stm32-console");

    public string Counter => Program("iotattest-stm32-counter");

    /// <summary>The counter on a chip of the F4 family.</summary>
    public string CounterOfF4 => Program("iotattest-stm32f4-counter");

    public string FactoryOf(int readProtection) => readProtection == 1 ? Factory : Program($"iotattest-stm32-factory-{readProtection}");

    /// <summary>The port of a program alone, as a library.</summary>
    public string Firmware(string name) => Path.Combine(_output.Value, $"lib{name}-firmware.a");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Runs a program to its end.</summary>
    internal static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    private string Program(string name) => Path.Combine(_output.Value, name);

    private string Build()
    {
        string tests = Path.Combine(SharedData.Repository, "tests", "Interop", "Stm32");
        MustRun("cmake", "-S", tests, "-B", _folder.FullName, "-DIOTATTEST_SANITIZE=ON");
        MustRun("cmake", "--build", _folder.FullName);
        return _folder.FullName;
    }

    private static void MustRun(string program, params string[] arguments)
    {
        (int exitCode, string output) = Run(program, arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)} gave {exitCode}:\n{output}");
    }
}
