using System.Runtime.CompilerServices;

namespace IotAttest.Interop
{
    /// <summary>The native module's calls, all of them. A firmware without the module throws NotSupportedException at each.</summary>
    /// <remarks>Keep this the only class of the assembly and every member an InternalCall: the interpreter finds native code by
    /// position, and its checksum does not cover what stands in front of the first native method.
    /// Numbers are those of <c>native/core/error.h</c>.</remarks>
    public static class NativeAttester
    {
        /// <summary>Reads the UEID that the board was provisioned with.</summary>
        /// <param name="ueid">17 bytes, written only after 0.</param>
        /// <returns>0, else the error.</returns>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int ReadUeid(byte[] ueid);

        /// <summary>Takes the challenge and starts a full measurement; one that was under way is dropped.</summary>
        /// <param name="challenge">32 bytes, copied.</param>
        /// <returns>0, else the error.</returns>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int Begin(byte[] challenge);

        /// <summary>Measures at most 4096 bytes of flash, so that other threads run in between.</summary>
        /// <returns>1: call again; 0: all is measured; else the error.</returns>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int Step();

        /// <summary>Writes the evidence and ends the measurement, whatever it answers.</summary>
        /// <param name="evidence">At least 768 bytes; untouched after an error.</param>
        /// <returns>The length in bytes when positive, else the error, negated.</returns>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int Finish(byte[] evidence);
    }
}
