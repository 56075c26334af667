using System.Text.RegularExpressions;
using IotAttest.Support;

namespace IotAttest.Interop.Tests.NanoClr;

/// <summary>The CMake module in a tree that holds the added lines of the patches and nothing else of the interpreter.</summary>
public sealed partial class FindModuleTests : IDisposable
{
    private const string Module = "FindINTEROP-IotAttest.Interop.cmake";
    private const string Assembly = "InteropAssemblies/IotAttest.Interop";

    private const string Map = "boards/ST_STM32F769I_DISCOVERY.h";
    private const string Factory = "-DIOTATTEST_FACTORY=ON";
    private const string Wrap = "-Wl,--wrap=";

    private const string Lists = """
        cmake_minimum_required(VERSION 3.18)
        project(interpreter NONE)
        list(APPEND CMAKE_MODULE_PATH ${PROJECT_SOURCE_DIR}/CMake/Modules)
        find_package("INTEROP-IotAttest.Interop" REQUIRED QUIET)
        get_directory_property(definitions COMPILE_DEFINITIONS)
        get_directory_property(options LINK_OPTIONS)
        foreach(entry ${IotAttest.Interop_SOURCES} ${IotAttest.Interop_INCLUDE_DIRS} ${definitions} ${options})
            message(STATUS "entry ${entry}")
        endforeach()
        """;

    // As the interpreter for ESP32: the program is there before its assemblies are looked for.
    private const string ListsWithProgram = """
        cmake_minimum_required(VERSION 3.18)
        project(interpreter C)
        set(NANOCLR_PROJECT_NAME nanoCLR)
        add_executable(nanoCLR.elf program.c)
        list(APPEND CMAKE_MODULE_PATH ${PROJECT_SOURCE_DIR}/CMake/Modules)
        find_package("INTEROP-IotAttest.Interop" REQUIRED QUIET)
        get_target_property(options nanoCLR.elf LINK_OPTIONS)
        foreach(entry ${options})
            message(STATUS "entry ${entry}")
        endforeach()
        """;

    private static readonly string[] Wrapped = ["esp_flash_write", "esp_flash_write_encrypted", "esp_flash_erase_region", "esp_flash_erase_chip"];

    private readonly PatchedTree _tree = new();

    public FindModuleTests()
    {
        Write("CMakeLists.txt", Lists);
        Write($"CMake/Modules/{Module}", File.ReadAllText(Path.Combine(NativeBuild.Sources, "nanoclr", Module)));
        foreach (string folder in (string[])["core", "mbedtls", "nanoclr", "esp32", "stm32", "stm32/boards"])
        {
            Copy(folder);
        }
    }

    [RequiresToolTheory("cmake")]
    [InlineData("stm32")]
    [InlineData("esp32")]
    public void All_sources_of_a_product_are_listed_and_every_listed_file_exists(string port)
    {
        string[] listed = [.. Entries(port).Where(entry => entry.EndsWith(".cpp", StringComparison.Ordinal))];

        string[] expected = [.. ((string[])["core", "mbedtls", "nanoclr", port]).SelectMany(Sources).Where(file => !IsOfTheFactory(file)).Select(file => $"{Assembly}/{file}")];
        Assert.Equal(expected.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        Assert.All(listed, file => Assert.True(File.Exists(_tree.PathOf(file)), file));
        Assert.Contains($"{Assembly}/core/identity_record.cpp", listed);
        Assert.Contains($"{Assembly}/mbedtls/authenticate.cpp", listed);
        Assert.Contains($"{Assembly}/{port}/port.cpp", listed);
    }

    [RequiresToolTheory("cmake")]
    [InlineData("stm32")]
    [InlineData("esp32")]
    public void Folders_of_core_interpreter_side_and_port_are_found(string port)
    {
        string[] entries = Entries(port);

        Assert.All(["core", "mbedtls", "nanoclr", port], folder => Assert.Contains($"{Assembly}/{folder}", entries));
        Assert.All(["src/CLR/Core", "src/CLR/Include", "src/HAL/Include", "src/PAL/Include", "IOTATTEST_CLOSED_BUILD"], entry => Assert.Contains(entry, entries));
        Assert.Equal(entries.Length, entries.Distinct().Count());
    }

    [RequiresToolFact("cmake")]
    public void What_belongs_to_the_factory_stays_out()
    {
        string said = Configure("stm32").Said + Configure("esp32").Said;

        Assert.DoesNotContain("provisioning", said, StringComparison.Ordinal);
        Assert.DoesNotContain("p256_key", said, StringComparison.Ordinal);
    }

    [RequiresToolTheory("cmake")]
    [InlineData("stm32")]
    [InlineData("esp32")]
    public void The_provisioning_firmware_has_the_sources_of_the_factory_and_none_of_the_closed_build(string port)
    {
        string[] entries = Entries(port, Factory);
        string[] listed = [.. entries.Where(entry => entry.EndsWith(".cpp", StringComparison.Ordinal))];

        string[] expected = [.. ((string[])["core", "mbedtls", "nanoclr", port]).SelectMany(Sources)
            .Where(file => !file.StartsWith("nanoclr/", StringComparison.Ordinal) || IsOfTheFactory(file)).Select(file => $"{Assembly}/{file}")];
        Assert.Equal(expected.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        string[] factory = ["core/provisioning.cpp", "core/provisioning_line.cpp", "mbedtls/p256_key.cpp", "nanoclr/provisioning_clr.cpp", $"{port}/provisioning_port.cpp", $"{port}/provisioning_console.cpp"];
        Assert.All(factory, file => Assert.Contains($"{Assembly}/{file}", listed));
        Assert.Contains("IOTATTEST_PROVISIONING", entries);
        Assert.DoesNotContain("IOTATTEST_CLOSED_BUILD", entries);
        Assert.All(listed, file => Assert.DoesNotContain("closed_build.h\"", File.ReadAllText(_tree.PathOf(file)), StringComparison.Ordinal));
    }

    [RequiresToolTheory("cmake")]
    [InlineData("stm32")]
    [InlineData("esp32")]
    public void The_provisioning_firmware_needs_no_patch(string port)
    {
        Directory.Delete(_tree.PathOf("src"), recursive: true);

        Assert.Contains($"{Assembly}/core/provisioning.cpp", Entries(port, Factory));
    }

    [RequiresToolTheory("cmake")]
    [InlineData("-DCONFIG_NF_BUILD_RTM=y")]
    [InlineData("-DNF_BUILD_RTM=ON")]
    public void The_provisioning_firmware_is_no_RTM_build(string rtm)
    {
        (int code, string said) = Configure("stm32", Map, Factory, rtm);

        Assert.NotEqual(0, code);
        Assert.Contains("exclude each other", said.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(0, Configure("stm32", Map, "-DIOTATTEST_FACTORY=OFF", rtm).Code);
    }

    [RequiresToolFact("cmake")]
    public void The_provisioning_firmware_has_the_linker_options_of_its_port() =>
        Assert.Equal(Wrapped, Entries("esp32", Factory).Where(entry => entry.StartsWith(Wrap, StringComparison.Ordinal)).Select(entry => entry[Wrap.Length..]));

    [RequiresToolTheory("g++")]
    [InlineData("-DBUILD_RTM")]
    [InlineData("-DIOTATTEST_CLOSED_BUILD")]
    [InlineData(null)]
    public void The_interpreters_side_of_the_factory_compiles_in_an_open_build_only(string? closed)
    {
        string[] arguments = ["-std=c++17", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-DIOTATTEST_PROVISIONING", $"-I{NanoClrBuild.Sources}/fake",
            .. ((string[])["core", "nanoclr", "stm32"]).Select(folder => $"-I{NativeBuild.Sources}/{folder}"), $"{NativeBuild.Sources}/nanoclr/provisioning_clr.cpp"];

        (int code, string said) = Shell.Run("g++", closed is null ? arguments : [closed, .. arguments]);

        Assert.Equal(closed is null, code == 0);
        Assert.True(closed is null || said.Contains("no product", StringComparison.Ordinal), said);
    }

    [RequiresToolFact("cmake")]
    public void The_map_of_the_board_is_defined_with_its_quotation_marks_for_stm32_alone()
    {
        Assert.Contains($"IOTATTEST_BOARD_MAP=\"{Map}\"", Entries("stm32"));
        Assert.DoesNotContain(Entries("esp32"), entry => entry.StartsWith("IOTATTEST_BOARD_MAP", StringComparison.Ordinal));
    }

    [RequiresToolTheory("cmake")]
    [InlineData("")]
    [InlineData("../nanoclr/port.h")]
    [InlineData("boards/NO_SUCH_BOARD.h")]
    public void An_stm32_needs_a_map_that_exists(string map) => AssertRefused("stm32", map, "IOTATTEST_BOARD_MAP", "stm32/boards");

    [RequiresToolFact("cmake")]
    public void The_linker_wraps_every_path_to_flash_on_an_esp32_alone()
    {
        Assert.Equal(Wrapped, Entries("esp32").Where(entry => entry.StartsWith(Wrap, StringComparison.Ordinal)).Select(entry => entry[Wrap.Length..]));
        Assert.DoesNotContain(Entries("stm32"), entry => entry.StartsWith(Wrap, StringComparison.Ordinal));
    }

    [RequiresToolFact("cmake", "cc")]
    public void A_program_that_is_there_already_gets_the_linker_options()
    {
        Write("CMakeLists.txt", ListsWithProgram);
        Write("program.c", "int main(void) { return 0; }\n");

        Assert.Equal(Wrapped.Select(function => Wrap + function), Entries("esp32"));
    }

    [Fact]
    public void The_wrapped_functions_are_those_that_the_port_defines()
    {
        string source = File.ReadAllText(Path.Combine(NativeBuild.Sources, "esp32", "flash_watch.cpp"));

        Assert.Equal(Wrapped.Order(), WrapperName().Matches(source).Select(match => match.Groups[1].Value).Distinct().Order());
    }

    [RequiresToolTheory("cmake")]
    [InlineData("")]
    [InlineData("avr")]
    public void A_port_has_to_be_named(string port) => AssertRefused(port, Map, "set it to esp32 or stm32");

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

        AssertRefused("stm32", Map, file, patch);
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

        AssertRefused("stm32", Map, file);
    }

    [RequiresToolFact("cmake")]
    public void A_port_without_sources_is_told()
    {
        Directory.Delete(_tree.PathOf($"{Assembly}/esp32"), recursive: true);

        AssertRefused("esp32", Map, "has no sources");
    }

    public void Dispose() => _tree.Dispose();

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(NativeBuild.Sources, folder), "*.cpp").Select(file => $"{folder}/{Path.GetFileName(file)}");

    private static bool IsOfTheFactory(string file) => Path.GetFileName(file) is "p256_key.cpp" || Path.GetFileName(file).StartsWith("provisioning", StringComparison.Ordinal);

    [GeneratedRegex(@"\b__wrap_(\w+)\(")]
    private static partial Regex WrapperName();

    private void AssertRefused(string port, string map, params string[] messages)
    {
        (int code, string said) = Configure(port, map);
        string line = said.ReplaceLineEndings(" ");
        while (line.Contains("  ", StringComparison.Ordinal))
        {
            line = line.Replace("  ", " ", StringComparison.Ordinal); // cmake breaks lines where it likes
        }

        Assert.NotEqual(0, code);
        Assert.Contains("IotAttest: ", line, StringComparison.Ordinal);
        Assert.All(messages, message => Assert.Contains(message, line, StringComparison.Ordinal));
    }

    // What the lists print, without the folder of the tree.
    private string[] Entries(string port, params string[] definitions)
    {
        const string Start = "-- entry ";
        (int code, string said) = Configure(port, Map, definitions);
        Assert.True(code == 0, said);
        return [.. said.Split('\n').Where(line => line.StartsWith(Start, StringComparison.Ordinal)).Select(line => line[Start.Length..].Replace(_tree.Root + "/", "", StringComparison.Ordinal))];
    }

    private (int Code, string Said) Configure(string port, string map = Map, params string[] definitions) =>
        Shell.Run("cmake", ["-S", _tree.Root, "-B", _tree.PathOf("build"), $"-DIOTATTEST_PORT={port}", $"-DIOTATTEST_BOARD_MAP={map}", .. definitions]);

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
