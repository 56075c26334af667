#pragma warning disable // what stands here is wrong on purpose; the lint has to say so
#nullable disable
namespace IotAttest.Architecture.Tests.Nano;

/// <summary>Code that a board must never get, one type per rule. Never run.</summary>
internal static class RefusedFixtures
{
    internal enum Colour { Red }

    internal interface IWithDefault { int Value() => 1; }

    internal sealed class GenericType<T> { public T Value; }

    internal static class GenericMethod { public static T Same<T>(T value) => value; }

    internal static class ClosedGeneric { public static int Call(Func<int> function) => function(); }

    internal static class GenericCall { public static object Empty() => Array.Empty<byte>(); }

    internal static class NullableValue { public static int? Half(int value) => value / 2; }

    internal static class TwoDimensions { public static object Make() => new int[2, 2]; }

    internal static class CheckedSum { public static int Add(int a, int b) => checked(a + b); }

    internal static class CheckedCast { public static byte Cast(int a) => checked((byte)a); }

    internal static unsafe class PointerRead { public static int Read(int* at) => *at; }

    internal unsafe struct FixedBuffer { public fixed byte Bytes[4]; }

    internal static unsafe class FixedArray { public static void Run(byte[] bytes) { fixed (byte* at = bytes) { at[0] = 1; } } }

    internal struct Pair { public int Left; public int Right; }

    internal static unsafe class SizeOfStruct { public static int Size() => sizeof(Pair); }

    internal static unsafe class StackBuffer { public static void Make() { byte* buffer = stackalloc byte[4]; buffer[0] = 1; } }

    internal static unsafe class CallThroughPointer { public static int Call(delegate*<int> function) => function(); }

    internal static class AsyncMethod { public static async Task WaitAsync() => await Task.Yield(); }

    internal static class EnumText { public static string Name(Colour colour) => colour.ToString(); }

    internal static class VolatileField { private static volatile int _value; public static int Read() => _value; }

    internal static class ZeroInText { public static string Text() => "a\0b"; }

    internal static class LibraryGap { public static string Join(string[] parts) => string.Join(",", parts); }

    internal static class ConstructorGap { public static object Make() => new System.Diagnostics.Stopwatch(); }

    internal static class TypeGap { public static bool Is(object value) => value is DateTimeOffset; }

    internal static class CatchGap { public static int Run(int value) { try { return 7 / value; } catch (OverflowException) { return 0; } } }

    internal static class MixedRemainder { public static long Rest(uint a, int b) => a % b; }

    internal static class CastThenRemainder { public static int Rest(uint u) => (int)(u - 10) % 4; }

    internal static class CastThenLongRemainder { public static long Rest(ulong u) => (long)(u - 10) % 4; }

    internal static class CastThenShift { public static int Half(uint u) => (int)(u - 10) >> 1; }

    internal static class CastThenLongShift { public static long Half(ulong[] u) => (long)u[0] >> 1; }

    internal static class CastThenWiden { public static long Wide(uint u) => (int)(u - 10); }

    internal static class CastOfChoice { public static int Half(bool first, uint a, uint b) => (int)(first ? a : b) >> 1; }

    internal static class FileAtStart { private static readonly string Text = Load(); private static string Load() => System.IO.File.ReadAllText("settings"); public static string Get() => Text; }
}
