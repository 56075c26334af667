namespace IotAttest.Interop.Tests.NanoClr;

/// <summary>Positions in the native table, which are those of the managed class.</summary>
internal enum NativeMethod
{
    ReadUeid = 0,
    Begin = 1,
    Step = 2,
    Finish = 3,
}
