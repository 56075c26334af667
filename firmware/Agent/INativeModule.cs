namespace IotAttest.Agent
{
    /// <summary>The native module as managed code sees it. No call takes bytes to sign, a claim or a digest.</summary>
    /// <remarks>Numbers are those of <c>firmware/Interop/native/core/error.h</c>.</remarks>
    public interface INativeModule
    {
        /// <summary>Reads the UEID that the module was provisioned with.</summary>
        /// <param name="ueid">17 bytes, written only after 0.</param>
        /// <returns>0, else the error.</returns>
        /// <exception cref="System.NotSupportedException">The firmware has no native module.</exception>
        int ReadUeid(byte[] ueid);

        /// <summary>Takes the 32 bytes of the challenge and starts a full measurement.</summary>
        /// <returns>0, else the error.</returns>
        /// <exception cref="System.NotSupportedException">The firmware has no native module.</exception>
        int Begin(byte[] challenge);

        /// <summary>Measures a bounded part.</summary>
        /// <returns>1: call again; 0: all is measured; else the error.</returns>
        /// <exception cref="System.NotSupportedException">The firmware has no native module.</exception>
        int Step();

        /// <summary>Writes the evidence and ends the measurement.</summary>
        /// <param name="evidence">At least 768 bytes.</param>
        /// <returns>The length in bytes when positive, else the error, negated.</returns>
        /// <exception cref="System.NotSupportedException">The firmware has no native module.</exception>
        int Finish(byte[] evidence);
    }
}
