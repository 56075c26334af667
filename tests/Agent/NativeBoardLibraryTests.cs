using System.Diagnostics;
using System.Runtime.InteropServices;

using IotAttest.Protocol;
using IotAttest.Simulator;
using IotAttest.Support;

namespace IotAttest.Agent.Tests;

/// <summary>The library itself: which files are taken for it, what its functions refuse, and what it leaves behind.</summary>
[Collection(NativeBoards.Name)]
public sealed class NativeBoardLibraryTests(NativeBoardBuild build) : IDisposable
{
    private const int BadArgument = -1;
    private const int NotOpen = -2;
    private const int FlashUnreadable = -3;
    private const int OutsideFlash = -4;
    private const int CoreBadArgument = 5;
    private const int CoreBufferTooSmall = 6;

    private readonly string _folder = Directory.CreateTempSubdirectory("iotattest-library").FullName;

    public static TheoryData<string> Changes => ["size", "algorithm", "flash", "no flash path", "long path", "no regions", "six regions", "inventory", "empty region", "outside", "empty text", "long text"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_missing_file_is_named()
    {
        string path = Path.Combine(_folder, "none.so");

        NativeBoardLibraryException refusal = Assert.Throws<NativeBoardLibraryException>(() => NativeBoardLibrary.Load(path));

        Assert.Equal(($"no file {path}", NativeBoardLibrary.FileName), (refusal.Seen, refusal.Expected));
    }

    [Fact]
    public void A_file_that_is_no_library_is_refused()
    {
        string path = Path.Combine(_folder, NativeBoardLibrary.FileName);
        File.WriteAllText(path, "text");

        NativeBoardLibraryException refusal = Assert.Throws<NativeBoardLibraryException>(() => NativeBoardLibrary.Load(path));

        Assert.Equal($"a file that this machine cannot load: {path}", refusal.Seen);
    }

    [Fact]
    public void Another_library_is_refused()
    {
        string path = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "libSystem.Native.so");

        NativeBoardLibraryException refusal = Assert.Throws<NativeBoardLibraryException>(() => NativeBoardLibrary.Load(path));

        Assert.Equal($"a library without iotattest_board functions: {path}", refusal.Seen);
    }

    [RequiresToolFact("g++")]
    public void Another_version_of_the_library_is_refused()
    {
        string source = Path.Combine(_folder, "other.cpp");
        string path = Path.Combine(_folder, NativeBoardLibrary.FileName);
        File.WriteAllText(source, "extern \"C\" int iotattest_board_api_version() { return 2; }");
        using Process compiler = Process.Start(Tools.Find("g++")!, ["-shared", "-fPIC", source, "-o", path]);
        compiler.WaitForExit();

        NativeBoardLibraryException refusal = Assert.Throws<NativeBoardLibraryException>(() => NativeBoardLibrary.Load(path));

        Assert.Equal("version 2 of the native board library", refusal.Seen);
    }

    [Fact]
    public void A_self_reported_board_has_no_native_module()
    {
        // The library is not looked at: none needs to be built for this.
        Assert.Contains("no native module", Assert.Throws<ArgumentException>(() => new TestBoard(1, change: options => options with
        {
            Strength = EvidenceStrength.SelfReported,
            NativeLibrary = (NativeBoardLibrary)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(typeof(NativeBoardLibrary)),
        })).Message, StringComparison.Ordinal);
    }

    [RequiresNativeBuildTheory]
    [MemberData(nameof(Changes))]
    public void Settings_outside_their_range_open_no_board(string change)
    {
        using TestBoard board = NativeBoards.New(build);
        NativeBoardSettings settings = Change(SettingsOf(board), change);

        int answer = board.Options.NativeLibrary!.Calls.Open(settings, new byte[32], 32, out nint handle);

        int expected = change switch { "flash" => FlashUnreadable, "outside" => OutsideFlash, _ => BadArgument };
        Assert.Equal((expected, 0), (answer, handle));
    }

    [RequiresNativeBuildTheory]
    [InlineData(31, BadArgument)]
    [InlineData(32, 0)]
    [InlineData(33, BadArgument)]
    public void A_key_has_32_bytes(int count, int expected)
    {
        using TestBoard board = NativeBoards.New(build);
        NativeBoardCalls calls = board.Options.NativeLibrary!.Calls;

        int answer = calls.Open(SettingsOf(board), new byte[33], (nuint)count, out nint handle);

        Assert.Equal(expected, answer);
        Assert.Equal(answer == 0 ? 0 : NotOpen, calls.Close(handle));
    }

    [RequiresNativeBuildTheory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(0x7FFFFFFF)]
    public void A_handle_that_was_never_given_or_is_closed_opens_nothing(int number)
    {
        using TestBoard board = NativeBoards.New(build);
        NativeBoardCalls calls = board.Options.NativeLibrary!.Calls;
        Assert.Equal(0, calls.Open(SettingsOf(board), new byte[32], 32, out nint closed));
        Assert.Equal(0, calls.Close(closed));

        Assert.Equal(NotOpen, calls.Close(number));
        Assert.Equal(NotOpen, calls.Close(closed));
    }

    [RequiresNativeBuildFact]
    public void Calls_with_arrays_of_the_wrong_length_are_errors_and_write_nothing()
    {
        using TestBoard board = NativeBoards.New(build);
        using NativeHostModule module = NativeBoards.Module(board);
        byte[] evidence = new byte[767];

        Assert.Equal(CoreBadArgument, module.ReadUeid(new byte[16]));
        Assert.Equal(CoreBadArgument, module.Begin(new byte[31]));
        Assert.Equal(CoreBadArgument, module.Begin(new byte[33]));
        Assert.Equal(0, module.Begin(NativeBoards.Nonce));
        while (module.Step() == 1)
        {
        }

        Assert.Equal(-CoreBufferTooSmall, module.Finish(evidence));
        Assert.All(evidence, value => Assert.Equal(0, value));
    }

    [RequiresNativeBuildTheory]
    [InlineData(0x10000, 1)]
    [InlineData(0xFFFF, 2)]
    [InlineData(long.MaxValue, 1)]
    [InlineData(-1, 1)]
    public void A_write_that_does_not_lie_in_flash_is_refused(long offset, int count)
    {
        using TestBoard board = NativeBoards.New(build);
        NativeBoardCalls calls = board.Options.NativeLibrary!.Calls;
        Assert.Equal(0, calls.Open(SettingsOf(board), new byte[32], 32, out nint number));
        using NativeBoardHandle handle = new(calls, number);
        byte[] bytes = new byte[count];

        Assert.Equal(OutsideFlash, calls.Write(handle, (ulong)offset, in bytes[0], (nuint)count));
        Assert.Equal(BadArgument, calls.Write(handle, 0, in bytes[0], 0));
        Assert.Equal(BadArgument, calls.Write(handle, 0, in bytes[0], 0x4000001));
    }

    private static NativeBoardSettings SettingsOf(TestBoard board)
    {
        IEvidenceAuthenticator authenticator = board.Identity.CreateAuthenticator();
        using IDisposable? disposable = authenticator as IDisposable;
        return NativeBoardSettings.Of(board.Options, board.Flash, authenticator);
    }

    private static NativeBoardSettings Change(NativeBoardSettings settings, string change)
    {
        switch (change)
        {
            case "size": settings.Size--; break;
            case "algorithm": settings.Algorithm = -9; break;
            case "flash": settings.FlashPath += ".none"; break;
            case "no flash path": settings.FlashPath = ""; break;
            case "long path": settings.BootCountPath = new string('p', 4096); break;
            case "no regions": settings.RegionCount = 0; break;
            case "six regions": settings.RegionCount = 6; break;
            case "inventory": settings.Regions[0].Name = 5; break;
            case "empty region": settings.Regions[1].Length = 0; break;
            case "outside": settings.Regions[3].Offset = TestBoard.FlashBytes - 1; break;
            case "empty text": settings.HardwareVersion = ""; break;
            default: settings.SoftwareName = new string('n', EvidenceProfile.MaxTextBytes + 1); break;
        }

        return settings;
    }
}
