using System;
using System.Threading;

using IotAttest.Protocol;

namespace IotAttest.Agent
{
    /// <summary>Evidence from the native module, which measures, encodes and authenticates; this class only lets other threads run in between.</summary>
    /// <remarks>After an error the next challenge starts afresh; how soon is the agent's to decide.</remarks>
    public sealed class NativeEvidenceSource : IEvidenceSource
    {
        // At 4096 bytes a step 256 MiB, more flash than any board has: a module that never ends must not keep the agent.
        private const int MaxSteps = 65536;

        private readonly byte[] _ueid = new byte[EvidenceProfile.UeidBytes];
        private readonly INativeModule _module;

        /// <summary>Makes no call yet.</summary>
        public NativeEvidenceSource(INativeModule module)
        {
            _module = module;
        }

        /// <inheritdoc/>
        public EvidenceSourceKind Kind
        {
            get { return EvidenceSourceKind.Native; }
        }

        /// <summary>The 17 bytes of the module's UEID, known after <see cref="Begin"/> answered Ok; zeros before.</summary>
        public byte[] Ueid
        {
            get { return _ueid; }
        }

        /// <inheritdoc/>
        /// <remarks>The module counted the boot before any assembly was loaded, and has its own key.</remarks>
        public EvidenceStatus Begin()
        {
            try
            {
                return StatusOf(_module.ReadUeid(_ueid));
            }
            catch (NotSupportedException)
            {
                return EvidenceStatus.ModuleMissing;
            }
        }

        /// <inheritdoc/>
        public EvidenceStatus Produce(byte[] nonce, byte[] output, out int length)
        {
            length = 0;
            try
            {
                int answer = _module.Begin(nonce);
                if (answer == NativeError.Ok)
                {
                    answer = Measure();
                }

                return answer == NativeError.Ok ? Finish(output, out length) : StatusOf(answer);
            }
            catch (NotSupportedException)
            {
                return EvidenceStatus.ModuleMissing;
            }
        }

        internal static EvidenceStatus StatusOf(int error)
        {
            switch (error)
            {
                case NativeError.Ok:
                    return EvidenceStatus.Ok;
                case NativeError.NotBooted:
                case NativeError.ReadFailed:
                case NativeError.HashFailed:
                    return EvidenceStatus.MeasurementFailed;
                case NativeError.RandomFailed:
                case NativeError.BootCounterFailed:
                    return EvidenceStatus.BootStateLost;
                case NativeError.BadClaims:
                case NativeError.TooLarge:
                    return EvidenceStatus.ClaimsRefused;
                case NativeError.WrittenSinceBoot:
                case NativeError.DeploymentChanged:
                    return EvidenceStatus.MeasurementChanged;
                case NativeError.AssemblyOutside:
                    return EvidenceStatus.AssemblyOutside;
                case NativeError.AuthenticationFailed:
                    return EvidenceStatus.AuthenticationFailed;
                case NativeError.NotProvisioned:
                    return EvidenceStatus.NotProvisioned;
                default:
                    return EvidenceStatus.ModuleFailed;
            }
        }

        private int Measure()
        {
            for (int i = 0; i < MaxSteps; i++)
            {
                int answer = _module.Step();
                if (answer != NativeError.More)
                {
                    return answer;
                }

                Thread.Sleep(0);
            }

            return NativeError.More;
        }

        private EvidenceStatus Finish(byte[] output, out int length)
        {
            int answer = _module.Finish(output);
            length = answer > 0 && answer <= output.Length ? answer : 0;
            if (length > 0)
            {
                return EvidenceStatus.Ok;
            }

            // 0 is neither a length nor an error.
            return answer < 0 ? StatusOf(-answer) : EvidenceStatus.ModuleFailed;
        }
    }
}
