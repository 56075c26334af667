using IotAttest.Agent;
using IotAttest.Interop;

namespace IotAttest.Boards
{
    /// <summary>The native module of this firmware.</summary>
    /// <remarks>IotAttest.Interop loads on stock firmware too: there its native table is missing, and each call throws NotSupportedException.</remarks>
    public sealed class InteropModule : INativeModule
    {
        /// <inheritdoc/>
        public int ReadUeid(byte[] ueid)
        {
            return NativeAttester.ReadUeid(ueid);
        }

        /// <inheritdoc/>
        public int Begin(byte[] challenge)
        {
            return NativeAttester.Begin(challenge);
        }

        /// <inheritdoc/>
        public int Step()
        {
            return NativeAttester.Step();
        }

        /// <inheritdoc/>
        public int Finish(byte[] evidence)
        {
            return NativeAttester.Finish(evidence);
        }
    }
}
