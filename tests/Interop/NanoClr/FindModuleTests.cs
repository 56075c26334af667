using IotAttest.Support;

namespace IotAttest.Interop.Tests.NanoClr;

/// <summary>The CMake module in a tree that holds the added lines of the patches and nothing else of the interpreter.</summary>
public sealed class FindModuleTests : IDisposable
{
    private const string Module = "FindINTEROP-IotAttest.Interop.cmake";
    private const string Assembly = "InteropAssemblies/IotAttest.Interop";

    private const string Lists = """
        cmake_minimum_required(VERSION 3.18)
        project(interpreter NONE)
        list(APPEND CMAKE_MODULE_PATH ${PROJECT_SOURCE_DIR}/CMake/Modules)
        find_package("INTEROP-IotAttest.Interop" REQUIRED QUIET)
        get_directory_property(definitions COMPILE_DEFINITIONS)
        foreach(entry ${IotAttest.Interop_SOURCES} ${IotAttest.Interop_INCLUDE_DIRS} ${definitions})
            message(STATUS "entry ${entry}")
        endforeach()
        """;

    private readonly PatchedTree _tree = new();

    public FindModuleTests()
    {
        Write("CMakeLists.txt", Lists);
        Write($"CMake/Modules/{Module}", File.ReadAllText(Path.Combine(NativeBuild.Sources, "nanoclr", Module)));
        Copy("core");
        Copy("nanoclr");
        foreach (string file in new[] { "mbedtls/sha_stream.cpp", "mbedtls/p256_key.cpp", "stm32/port.cpp", "stm32/provisioning_port.cpp", "esp32/port.cpp" })
        {
            Write($"{Assembly}/{file}", "");
        }
    }

    [RequiresToolTheory("cmake")]
    [InlineData("stm32")]
    [InlineData("esp32")]
    public void Sources_and_folders_of_core_interpreter_side_and_port_are_found(string port)
    {
        (int code, string said) = Configure(port);

        Assert.True(code == 0, said);
        string[] entries = [.. said.Split('\n').Where(line => line.StartsWith("-- entry ", StringComparison.Ordinal)).Select(line => line["-- entry ".Length..].Replace(_tree.Root + "/", "", StringComparison.Ordinal))];
        string[] expected = ["core/attester.cpp", "nanoclr/IotAttest_Interop.cpp", "nanoclr/clr_boot.cpp", "mbedtls/sha_stream.cpp", $"{port}/port.cpp", "core", "nanoclr", port];
        Assert.All(expected, entry => Assert.Contains($"{Assembly}/{entry}", entries));
        Assert.All(["src/CLR/Core", "src/CLR/Include", "src/HAL/Include", "src/PAL/Include", "IOTATTEST_CLOSED_BUILD"], entry => Assert.Contains(entry, entries));
        Assert.Equal(entries.Length, entries.Distinct().Count());
    }

    [RequiresToolFact("cmake")]
    public void What_belongs_to_the_factory_stays_out()
    {
        string said = Configure("stm32").Said;

        Assert.DoesNotContain("provisioning", said, StringComparison.Ordinal);
        Assert.DoesNotContain("p256_key", said, StringComparison.Ordinal);
    }

    [RequiresToolTheory("cmake")]
    [InlineData("")]
    [InlineData("avr")]
    public void A_port_has_to_be_named(string port) => AssertRefused(port, "set it to esp32 or stm32");

    [RequiresToolTheory("cmake")]
    [InlineData("src/PAL/Include/nanoPAL_IotAttest.h", "0001-startup.patch")]
    [InlineData("src/CLR/Startup/CLRStartup.cpp", "0001-startup.patch")]
    [InlineData("src/CLR/Debugger/Debugger.cpp", "0002-debug-link.patch")]
    [InlineData("src/CLR/CorLib/corlib_native_System_Reflection_Assembly.cpp", "0003-assembly-load.patch")]
    [InlineData("src/PAL/BlockStorage/nanoPAL_BlockStorage.c", "0004-block-storage.patch")]
    [InlineData("targets/ChibiOS/_common/Target_BlockStorage_STM32FlashDriver.c", "0005-stm32-flash-driver.patch")]
    public void A_file_without_its_patch_is_told(string file, string patch)
    {
        Write(file, "int as_it_was;\n");

        AssertRefused("stm32", file, patch);
    }

    [RequiresToolTheory("cmake")]
    [InlineData("src/CLR/Startup/CLRStartup.cpp", "        iotattest_boot();\n")]
    [InlineData("src/CLR/Debugger/Debugger.cpp", "#if IOTATTEST_DEBUG_LINK_MEMORY\n")]
    [InlineData("src/PAL/BlockStorage/nanoPAL_BlockStorage.c", "    iotattest_before_write(address, 1);\n")]
    public void A_patch_that_was_applied_in_part_is_told(string file, string line)
    {
        string text = File.ReadAllText(_tree.PathOf(file));
        int at = text.LastIndexOf(line, StringComparison.Ordinal);
        Write(file, text[..at] + text[(at + line.Length)..]);

        AssertRefused("stm32", file);
    }

    [RequiresToolFact("cmake")]
    public void A_port_without_sources_is_told()
    {
        File.Delete(_tree.PathOf($"{Assembly}/esp32/port.cpp"));

        AssertRefused("esp32", "has no sources");
    }

    public void Dispose() => _tree.Dispose();

    private void AssertRefused(string port, params string[] messages)
    {
        (int code, string said) = Configure(port);
        string line = said.ReplaceLineEndings(" ");
        while (line.Contains("  ", StringComparison.Ordinal))
        {
            line = line.Replace("  ", " ", StringComparison.Ordinal); // cmake breaks lines where it likes
        }

        Assert.NotEqual(0, code);
        Assert.Contains("IotAttest: ", line, StringComparison.Ordinal);
        Assert.All(messages, message => Assert.Contains(message, line, StringComparison.Ordinal));
    }

    private (int Code, string Said) Configure(string port) => Shell.Run("cmake", "-S", _tree.Root, "-B", _tree.PathOf("build"), $"-DIOTATTEST_PORT={port}");

    private void Copy(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(NativeBuild.Sources, folder)))
        {
            Write($"{Assembly}/{folder}/{Path.GetFileName(file)}", File.ReadAllText(file));
        }
    }

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_tree.PathOf(file))!);
        File.WriteAllText(_tree.PathOf(file), text);
    }
}
